import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { spool } from './spool';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-spool-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('gives back what was written, of which no name was ever on the disk', async () => {
  const parts = Array.from({ length: 40 }, (_, i) => Buffer.alloc(50_000, i));
  let seen: string[] = ['not looked'];
  const { stream, bytes } = await spool(join(folder, 'spool'), async (sink) => {
    await pipeline(Readable.from(parts), sink);
    seen = await readdir(join(folder, 'spool'));
  });
  expect(bytes).toBe(2_000_000);
  expect(Buffer.concat(parts).equals(await buffer(stream))).toBe(true);
  expect(seen).toEqual([]);
});

test('fails as the writer does', async () => {
  await expect(spool(folder, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
});
