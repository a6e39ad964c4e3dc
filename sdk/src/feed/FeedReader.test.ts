import { expect, onTestFinished, test, vi } from 'vitest';
import { FeedLog } from '../testing/feedLog.ts';
import { FeedReader } from './FeedReader.ts';
import { MemoryFeedStore } from './MemoryFeedStore.ts';
import type { FeedSource, FeedWrite } from './types.ts';

class CountingStore extends MemoryFeedStore {
  writes = 0;

  override write(write: FeedWrite): Promise<void> {
    this.writes++;
    return super.write(write);
  }
}

test('a sync without changes is one page and no write', async () => {
  const log = new FeedLog();
  const store = new CountingStore();
  const reader = new FeedReader({ source: log.source, store });
  await reader.sync();
  log.put(1);
  await reader.sync();
  const { asked } = log;
  const { writes } = store;
  await reader.sync();
  expect(log.asked).toBe(asked + 1);
  expect(store.writes).toBe(writes);
});

test('a server that was empty at first causes no restart', async () => {
  const log = new FeedLog();
  const reader = new FeedReader({ source: log.source, store: new MemoryFeedStore() });
  expect(await reader.sync()).toMatchObject({ restarted: false, lastUpdatedAt: 0 });
  log.put(1);
  expect(await reader.sync()).toMatchObject({ restarted: false, faces: 1 });
});

test('reports each page once stored, and aborting keeps stored pages', async () => {
  const log = new FeedLog();
  for (let id = 1; id <= 10; id++) log.put(id);
  const store = new MemoryFeedStore();
  const controller = new AbortController();
  const told: number[] = [];
  const syncing = new FeedReader({ source: log.source, store, pageSize: 3 }).sync({
    signal: controller.signal,
    onWrite: ({ position }) => {
      told.push(position.lastUpdatedAt);
      if (told.length === 2) controller.abort();
    },
  });
  await expect(syncing).rejects.toThrow('aborted');
  expect(told).toEqual([3, 6]);
  expect((await store.state()).live.lastUpdatedAt).toBe(6);
});

test('compares at its first sync, after an hour, and not in between', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const log = new FeedLog();
  for (let id = 1; id <= 3; id++) log.put(id);
  const reader = new FeedReader({ source: log.source, store: new MemoryFeedStore() });
  expect((await reader.sync()).verified).toBe(true);
  log.forget(2);
  vi.advanceTimersByTime(3_599_000);
  expect(await reader.sync()).toEqual({ faces: 0, deleted: 0, restarted: false, lastUpdatedAt: 3 });
  vi.advanceTimersByTime(1_000);
  expect(await reader.sync()).toMatchObject({ faces: 2, restarted: true, verified: true });
});

test('a change of lineage is compared within the same sync', async () => {
  const log = new FeedLog();
  for (let id = 1; id <= 9; id++) log.put(id);
  const reader = new FeedReader({ source: log.source, store: new MemoryFeedStore(), pageSize: 2 });
  await reader.sync();
  log.restore(4);
  expect(await reader.sync()).toMatchObject({ faces: 4, restarted: true, verified: true });
});

test('a server whose checksum is never right is read once more, and not for ever', async () => {
  const log = new FeedLog();
  for (let id = 1; id <= 4; id++) log.put(id);
  const source: FeedSource = async (options) => {
    const page = await log.source(options);
    return page.checksum === undefined ? page : { ...page, checksum: '0'.repeat(14) };
  };
  const store = new MemoryFeedStore();
  await new FeedReader({ source: log.source, store }).sync();
  const { asked } = log;
  const reader = new FeedReader({ source, store });
  expect(await reader.sync()).toMatchObject({ restarted: true, verified: false });
  expect(log.asked).toBe(asked + 2);
  expect(await reader.sync()).toMatchObject({ restarted: false });
  expect(log.asked).toBe(asked + 3);
});

test('asked to, it reads everything again', async () => {
  const log = new FeedLog();
  for (let id = 1; id <= 4; id++) log.put(id);
  const reader = new FeedReader({ source: log.source, store: new MemoryFeedStore() });
  await reader.sync();
  expect(await reader.sync({ restart: true })).toMatchObject({ faces: 4, restarted: true });
});
