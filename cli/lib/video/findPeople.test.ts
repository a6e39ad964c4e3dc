import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPeople } from './findPeople';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-people-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('galleries, folders of a telling name and folders that were used before are found', async () => {
  const files = [
    'door.kith',
    'People/Ada.jpg',
    'staff/Alan/1.jpg',
    'hall/.kith-encodings.json',
    'holidays/beach.jpg',
    'faces/notes.txt',
    'notes.txt',
  ];
  for (const file of files) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), 'x');
  }
  await mkdir(join(folder, 'known'));
  expect(await findPeople(folder)).toEqual([
    { known: join(folder, 'People') },
    { gallery: join(folder, 'door.kith') },
    { known: join(folder, 'hall') },
    { known: join(folder, 'staff') },
  ]);
});

test('a folder that is not there has none', async () => {
  expect(await findPeople(join(folder, 'missing'))).toEqual([]);
});
