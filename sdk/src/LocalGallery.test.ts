import { expect, test } from 'vitest';
import { normalisedDistance } from './crowding.ts';
import { MemoryFeedStore } from './feed/MemoryFeedStore.ts';
import { LocalGallery } from './LocalGallery.ts';
import { FeedLog } from './testing/feedLog.ts';
import { TRUST_CALIBRATION, trust } from './trust.ts';

const probe = (value: number) => new Float32Array(128).fill(value, 0, 1);
const idsNear = (gallery: LocalGallery, value: number) => gallery.search(probe(value), 10).map(({ faceId }) => faceId);

test('recognises by name from what it has, with the server gone', async () => {
  const log = new FeedLog();
  const store = new MemoryFeedStore();
  log.put(1, 0, { personId: 7, personName: 'Ana' });
  log.put(2, 1);
  await (await LocalGallery.open({ store, source: log.source })).sync();

  const offline = () => Promise.reject(new Error('no connection'));
  const gallery = await LocalGallery.open({ store, source: offline });
  await expect(gallery.sync()).rejects.toThrow('no connection');
  expect(gallery.size).toBe(2);
  expect(gallery.position).toEqual({ model: 'model-1', lastUpdatedAt: 2, lineage: 'lineage-1' });
  const apart = normalisedDistance(probe(0), probe(1));
  expect(gallery.search(probe(0), 2)).toEqual([
    { faceId: 1, personId: 7, personName: 'Ana', uniqueArgs: { value: 0 }, distance: 0, trust: trust(0) },
    { faceId: 2, personId: null, personName: null, uniqueArgs: { value: 1 }, distance: apart, trust: trust(apart) },
  ]);
  expect(trust(TRUST_CALIBRATION.distance)).toBe(50);
});

test('follows page by page, changes and deletions too', async () => {
  const log = new FeedLog();
  const gallery = await LocalGallery.open({ store: new MemoryFeedStore(), source: log.source, pageSize: 2 });
  for (let id = 1; id <= 5; id++) log.put(id);
  await gallery.sync();
  expect(idsNear(gallery, 0)).toEqual([1, 2, 3, 4, 5]);
  log.delete(2);
  log.put(5, -10);
  log.put(6);
  await gallery.sync();
  expect(idsNear(gallery, 0)).toEqual([1, 3, 4, 6, 5]);
});

test('never stands empty while everything is read anew', async () => {
  const log = new FeedLog();
  for (let id = 1; id <= 5; id++) log.put(id);
  const seen: number[][] = [];
  const gallery: LocalGallery = await LocalGallery.open({
    store: new MemoryFeedStore(),
    source: async (options) => {
      seen.push(idsNear(gallery, 0));
      return log.source(options);
    },
    pageSize: 2,
  });
  await gallery.sync();
  log.restore(4);
  log.model = 'model-2';
  seen.length = 0;
  await gallery.sync();
  expect(seen).toEqual([
    [1, 2, 3, 4, 5],
    [1, 2, 3, 4, 5],
  ]);
  expect(idsNear(gallery, 0)).toEqual([1, 2, 3, 4]);
  expect(gallery.position.model).toBe('model-2');
});
