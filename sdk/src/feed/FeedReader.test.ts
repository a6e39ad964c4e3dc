import { expect, test } from 'vitest';
import { FeedLog } from '../testing/feedLog.ts';
import { FeedReader } from './FeedReader.ts';
import { MemoryFeedStore } from './MemoryFeedStore.ts';
import type { FeedWrite } from './types.ts';

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
