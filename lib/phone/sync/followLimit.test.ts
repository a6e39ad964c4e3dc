import 'fake-indexeddb/auto';
import { FeedReader } from '@kith/sdk';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import { GalleryStore } from '@/lib/phone/store/GalleryStore';
import { openDatabase } from '@/lib/phone/store/openDatabase';
import { Vault } from '@/lib/phone/store/Vault';
import { FeedLog } from '@/sdk/src/testing/feedLog';
import { followLimit } from './followLimit';

let gallery: GalleryStore;
let everybody: FeedLog;
let staff: FeedLog;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  const db = await openDatabase();
  gallery = new GalleryStore(db, await Vault.open(db));
  everybody = new FeedLog();
  staff = new FeedLog();
  for (const faceId of [1, 2, 3]) everybody.put(faceId);
  staff.put(2);
});

const read = (log: FeedLog) => new FeedReader({ source: log.source, store: gallery }).sync();

async function kept(): Promise<number[]> {
  const ids: number[] = [];
  for await (const faces of gallery.faces()) ids.push(...faces.map(({ faceId }) => faceId));
  return ids.sort((a, b) => a - b);
}

test('a phone that is limited erases everybody first, and then reads its groups from the start', async () => {
  await read(everybody);
  await followLimit(gallery, { groups: null }, { groups: null });
  expect(await kept()).toEqual([1, 2, 3]);
  await followLimit(gallery, { groups: null }, { groups: ['Staff'] });
  expect(await kept()).toEqual([]);
  await read(staff);
  expect(await kept()).toEqual([2]);
  await followLimit(gallery, { groups: ['Staff'] }, { groups: ['Night'] });
  expect(await kept()).toEqual([]);
});

test('a phone whose limit is widened keeps whom it knows until it has read the others', async () => {
  await read(staff);
  await followLimit(gallery, { groups: ['Staff'] }, { groups: ['Night', 'Staff'] });
  expect(await kept()).toEqual([2]);
  await read(everybody);
  expect(await kept()).toEqual([1, 2, 3]);
  await followLimit(gallery, { groups: ['Night', 'Staff'] }, { groups: null });
  expect(await kept()).toEqual([1, 2, 3]);
  await read(everybody);
  expect(await kept()).toEqual([1, 2, 3]);
});

test('a renamed group is the same group; where ids are not known on both sides, names decide', async () => {
  await read(staff);
  const old = { groups: ['Staff', 'Visitors'], group_ids: [4, 7] };
  await followLimit(gallery, old, { groups: ['Crew', 'Visitors'], group_ids: [4, 7] });
  expect(await kept()).toEqual([2]);
  // A new name may change the order.
  await followLimit(gallery, old, { groups: ['Visitors', 'Zoo'], group_ids: [7, 4] });
  expect(await kept()).toEqual([2]);
  // As after the update of a phone or of its server.
  await followLimit(gallery, { groups: ['Staff'] }, { groups: ['Staff'], group_ids: [4] });
  await followLimit(gallery, {}, { groups: null, group_ids: null });
  expect(await kept()).toEqual([2]);
  // Another group of the same name is another one.
  await followLimit(gallery, { groups: ['Staff'], group_ids: [4] }, { groups: ['Staff'], group_ids: [9] });
  expect(await kept()).toEqual([]);
});
