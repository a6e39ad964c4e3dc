import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PictureFolder } from './PictureFolder';

let folder: string;
let told = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-pictures-'));
  told = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    told += text;
    return true;
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

test('pictures that cannot be written are told once, and the next ones are stored', async () => {
  const pictures = await PictureFolder.open(join(folder, 'saved'));
  await rm(join(folder, 'saved'), { recursive: true });
  await pictures.add(new Uint8Array(3), 1);
  await pictures.add(new Uint8Array(3), 2);
  expect(told).toMatch(/^kith: .*000001\.00\.jpg: there is no such file or folder\. The camera goes on .*\n$/);
  await mkdir(join(folder, 'saved'));
  await pictures.add(new Uint8Array(3), 3);
  expect(await readdir(join(folder, 'saved'))).toEqual(['000003.00.jpg']);
  expect(told.split('\n')).toHaveLength(3);
  expect(told).toContain('stored again');
});
