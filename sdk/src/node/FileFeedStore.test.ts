import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodingToBytes } from '../encoding.ts';
import { FeedReader } from '../feed/FeedReader.ts';
import { describeFeedStore } from '../testing/describeFeedStore.ts';
import { FeedLog } from '../testing/feedLog.ts';
import { FileFeedStore } from './FileFeedStore.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-gallery-'));
});
afterEach(() => rm(folder, { recursive: true }));

const path = () => join(folder, 'gallery.kith');
const sync = (store: FileFeedStore, log: FeedLog, pageSize = 100) =>
  new FeedReader({ source: log.source, store, pageSize }).sync();

describeFeedStore('the store in a file', async () => ({ open: () => FileFeedStore.open(path()) }));

describe('the gallery file', () => {
  test('truncated anywhere, it is an older state from which a sync resumes', async () => {
    const log = new FeedLog();
    for (let id = 1; id <= 6; id++) log.put(id);
    await sync(await FileFeedStore.open(path()), log, 2);
    const whole = await readFile(path());
    const sizes = new Set<number>();
    for (let length = whole.length; length >= 16; length -= 97) {
      await writeFile(path(), whole);
      await truncate(path(), length);
      const store = await FileFeedStore.open(path());
      sizes.add(store.size);
      expect((await store.state()).live.lastUpdatedAt).toBe(store.size);
      await sync(store, log, 2);
      expect(store.size).toBe(6);
      expect((await FileFeedStore.open(path())).size).toBe(6);
    }
    expect([...sizes]).toEqual([6, 4, 2, 0]);
  });

  test('is readable by its owner only', async () => {
    const log = new FeedLog();
    log.put(1);
    await sync(await FileFeedStore.open(path()), log);
    expect((await stat(path())).mode & 0o777).toBe(0o600);
  });

  test('stays bounded while the same faces change', async () => {
    const log = new FeedLog();
    const store = await FileFeedStore.open(path());
    for (let round = 0; round < 12; round++) {
      for (let id = 1; id <= 2_000; id++) log.put(id, round * id);
      await sync(store, log, 2_000);
    }
    const most = (10_000 + 3 * 2_000) * 560;
    expect((await stat(path())).size).toBeLessThan(most);
    expect((await FileFeedStore.open(path())).size).toBe(2_000);
  });

  test('contains nothing of a deleted face', async () => {
    const log = new FeedLog();
    const store = await FileFeedStore.open(path());
    for (let id = 1; id <= 9; id++) log.put(id, id * 1_000);
    await sync(store, log);
    const encoding = Buffer.from(encodingToBytes(new Float32Array(128).fill(5_000, 0, 1)));
    const before = await readFile(path());
    log.delete(5);
    await sync(store, log);
    const after = await readFile(path());
    expect([before.includes(encoding), after.includes(encoding)]).toEqual([true, false]);
    expect((await FileFeedStore.open(path())).size).toBe(8);
  });

  test('rejects another file and leaves it unchanged', async () => {
    await writeFile(path(), '{"faces":[]}');
    await expect(FileFeedStore.open(path())).rejects.toThrow('is not a gallery');
    expect(await readFile(path(), 'utf8')).toBe('{"faces":[]}');
  });
});
