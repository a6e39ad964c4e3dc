import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NewEvent } from '@kith/sdk';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Spool } from './Spool';
import { cameraFolder } from './stateFolder';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-spool-'));
});
afterEach(() => rm(folder, { recursive: true }));

const event = (second: number): NewEvent => ({
  id: randomUUID(),
  at: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString(),
  face_id: 7,
  person_id: 3,
  trust: 90,
});

const eventsOf = async (spool: Spool) => (await spool.oldest(10)).map(({ event }) => event);

test('what was added is there after a restart, oldest first, until it is removed', async () => {
  const [late, early] = [event(9), event(3)];
  const before = await Spool.open(folder);
  await before.add(late);
  await before.add(early);
  const after = await Spool.open(folder);
  expect(await eventsOf(after)).toEqual([early, late]);
  await after.remove(await after.oldest(1));
  expect(await eventsOf(after)).toEqual([late]);
  // Another process reads the same files.
  expect(await before.size()).toBe(1);
});

test('only the owner can read it', async () => {
  const state = await cameraFolder(folder, { server: 'http://kith.test/', name: 'Gate 1' });
  expect(await cameraFolder(folder, { server: 'http://kith.test', name: 'Gate 1' })).toBe(state);
  expect(await cameraFolder(folder, { server: 'http://kith.test', name: 'Gate 2' })).not.toBe(state);
  const spool = await Spool.open(join(state, 'spool'));
  await spool.add(event(1));
  const [name = ''] = await readdir(join(state, 'spool'));
  const modes = await Promise.all([state, join(state, 'spool'), join(state, 'spool', name)].map((path) => stat(path)));
  expect(modes.map(({ mode }) => mode & 0o777)).toEqual([0o700, 0o700, 0o600]);
});

test('a damaged file, and one that the server refuses, do not keep the others back', async () => {
  const [refused, good] = [event(2), event(4)];
  const spool = await Spool.open(folder);
  await writeFile(join(folder, '1-x.json'), '{"id":');
  await spool.add(refused);
  await spool.add(good);
  const [first] = await spool.oldest(1);
  expect(first?.event).toEqual(refused);
  if (first) await spool.setAside(first);
  expect(await eventsOf(spool)).toEqual([good]);
  expect((await readdir(folder)).filter((name) => name.endsWith('.refused'))).toHaveLength(2);
});

test('what cannot be written, such as where the folder is gone, waits in memory', async () => {
  const spool = await Spool.open(join(folder, 'deeper'));
  await rm(join(folder, 'deeper'), { recursive: true });
  const one = event(1);
  await expect(spool.add(one)).rejects.toThrow('ENOENT');
  await expect(spool.add(one)).rejects.toThrow('ENOENT');
  expect(await eventsOf(spool)).toEqual([one]);
  await spool.remove(await spool.oldest(10));
  expect(await spool.size()).toBe(0);
});
