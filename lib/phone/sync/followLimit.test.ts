import 'fake-indexeddb/auto';
import { FeedReader, type FeedSink } from '@kith/sdk';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import { GalleryStore } from '@/lib/phone/store/GalleryStore';
import { openDatabase } from '@/lib/phone/store/openDatabase';
import { RecordStore } from '@/lib/phone/store/records';
import { Vault } from '@/lib/phone/store/Vault';
import { FeedLog } from '@/sdk/src/testing/feedLog';
import { followLimit } from './followLimit';

let gallery: GalleryStore;
let records: RecordStore;
let everybody: FeedLog;
let staff: FeedLog;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  const db = await openDatabase();
  const vault = await Vault.open(db);
  gallery = new GalleryStore(db, vault);
  records = new RecordStore(db, vault);
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
  await followLimit({ gallery, records }, { groups: null }, { groups: null });
  expect(await kept()).toEqual([1, 2, 3]);
  await followLimit({ gallery, records }, { groups: null }, { groups: ['Staff'] });
  expect(await kept()).toEqual([]);
  await read(staff);
  expect(await kept()).toEqual([2]);
  await followLimit({ gallery, records }, { groups: ['Staff'] }, { groups: ['Night'] });
  expect(await kept()).toEqual([]);
});

test('a phone whose limit is widened keeps whom it knows until it has read the others', async () => {
  await read(staff);
  await followLimit({ gallery, records }, { groups: ['Staff'] }, { groups: ['Night', 'Staff'] });
  expect(await kept()).toEqual([2]);
  await read(everybody);
  expect(await kept()).toEqual([1, 2, 3]);
  await followLimit({ gallery, records }, { groups: ['Night', 'Staff'] }, { groups: null });
  expect(await kept()).toEqual([1, 2, 3]);
  await read(everybody);
  expect(await kept()).toEqual([1, 2, 3]);
});

test('an emptied gallery does not count as complete from before it is emptied', async () => {
  await read(everybody);
  await records.set('sync', { succeededAt: 1_000 });
  const seen: unknown[] = [];
  const watched: Pick<FeedSink, 'write'> = {
    write: async (write) => {
      seen.push((await records.get('sync'))?.succeededAt);
      await gallery.write(write);
    },
  };
  await followLimit({ gallery: watched, records }, { groups: null }, { groups: ['Staff'] });
  expect(seen).toEqual([null]);
  expect(await records.get('sync')).toEqual({ succeededAt: null });
});

test('a gallery that is kept while it is widened stays complete', async () => {
  await read(staff);
  await records.set('sync', { succeededAt: 1_000 });
  await followLimit({ gallery, records }, { groups: ['Staff'] }, { groups: null });
  await followLimit({ gallery, records }, { groups: null }, { groups: null });
  expect(await records.get('sync')).toEqual({ succeededAt: 1_000 });
});

test('a renamed group is the same group; where ids are not known on both sides, names decide', async () => {
  await read(staff);
  const old = { groups: ['Staff', 'Visitors'], group_ids: [4, 7] };
  await followLimit({ gallery, records }, old, { groups: ['Crew', 'Visitors'], group_ids: [4, 7] });
  expect(await kept()).toEqual([2]);
  // A new name may change the order.
  await followLimit({ gallery, records }, old, { groups: ['Visitors', 'Zoo'], group_ids: [7, 4] });
  expect(await kept()).toEqual([2]);
  // As after the update of a phone or of its server.
  await followLimit({ gallery, records }, { groups: ['Staff'] }, { groups: ['Staff'], group_ids: [4] });
  await followLimit({ gallery, records }, {}, { groups: null, group_ids: null });
  expect(await kept()).toEqual([2]);
  // Another group of the same name is another one.
  await followLimit({ gallery, records }, { groups: ['Staff'], group_ids: [4] }, { groups: ['Staff'], group_ids: [9] });
  expect(await kept()).toEqual([]);
});
