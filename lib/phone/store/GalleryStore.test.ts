import { encodingToBytes, type FeedFace, FeedReader, type FeedWrite } from '@kith/sdk';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test } from 'vitest';
import { GalleryView } from '@/lib/phone/recognition/GalleryView';
import { describeFeedStore } from '@/sdk/src/testing/describeFeedStore';
import { FeedLog } from '@/sdk/src/testing/feedLog';
import { DamagedGalleryError, GalleryStore } from './GalleryStore';
import { openDatabase, type ScanDatabase } from './openDatabase';
import { Vault } from './Vault';

/** Opens the current database, as a page does. */
async function open(): Promise<{ db: ScanDatabase; vault: Vault; store: GalleryStore; view: GalleryView }> {
  const db = await openDatabase();
  const vault = await Vault.open(db);
  return { db, vault, store: new GalleryStore(db, vault), view: new GalleryView(db, vault) };
}

const newBrowser = () => {
  globalThis.indexedDB = new IDBFactory();
};

describeFeedStore("the phone's gallery", async () => {
  newBrowser();
  return { open: async () => (await open()).store };
});

/** Faces whose encodings differ in one number, so that each is nearest to itself. */
const encodingOf = (faceId: number) => {
  const encoding = new Float32Array(128);
  encoding[faceId % 128] = 1 + Math.floor(faceId / 128);
  return encoding;
};
const face = (faceId: number, change: Partial<FeedFace> = {}): FeedFace => ({
  faceId,
  encoding: encodingToBytes(encodingOf(faceId)),
  updatedAt: faceId,
  uniqueArgs: {},
  personId: null,
  personName: null,
  groups: [],
  ...change,
});
const write = (faces: FeedFace[], change: Partial<FeedWrite> = {}): FeedWrite => ({
  faces,
  deleted: [],
  target: 'live',
  begins: false,
  publishes: false,
  position: { model: 'm', lastUpdatedAt: 1 },
  ...change,
});
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => face(from + i));

describe('in memory', () => {
  beforeEach(newBrowser);

  test('finds what was written, and applies changes, moves and deletions segment by segment', async () => {
    const { db, store, view } = await open();
    await store.write(write(range(1, 1700), { begins: true }));
    expect(await view.refresh()).toBe(true);
    expect(await view.refresh()).toBe(false);
    expect(view.size).toBe(1700);
    expect(view.nearest(encodingOf(777))?.identity.faceId).toBe(777);

    const segments = await db.getAll('directory');
    await store.write(
      write([face(777, { personId: 7, personName: 'Ada' }), face(1701)], { deleted: [{ faceId: 3, updatedAt: 5 }] }),
    );
    const after = await db.getAll('directory');
    const untouched = after.filter((entry) =>
      segments.some(({ segment, version }) => segment === entry.segment && version === entry.version),
    );
    expect(untouched.length, 'segments that were left alone').toBeGreaterThan(0);
    await view.refresh();
    expect(view.size).toBe(1700);
    expect(view.people).toBe(1700);
    expect(view.nearest(encodingOf(777))?.identity).toMatchObject({ key: 'person:7', personId: 7, name: 'Ada' });
    expect(view.nearest(encodingOf(1701))?.identity.faceId).toBe(1701);
    expect(view.nearest(encodingOf(3))?.identity.faceId).not.toBe(3);
    expect(await store.has(3)).toBe(false);
  });

  test('two tabs that write in turn see the changes of both', async () => {
    const [one, other] = [await open(), await open()];
    await one.store.write(write(range(1, 10), { begins: true }));
    await other.store.write(write([face(11)], { deleted: [{ faceId: 1, updatedAt: 2 }] }));
    await one.store.write(write([face(12)], { deleted: [{ faceId: 2, updatedAt: 3 }] }));
    for (const { store, view } of [one, other]) {
      await view.refresh();
      expect(view.size).toBe(10);
      expect(await store.size()).toBe(10);
      expect(await Promise.all([1, 2, 3, 11, 12].map((id) => store.has(id)))).toEqual([false, false, true, true, true]);
    }
  });

  test('a staged gallery replaces the live one at once', async () => {
    const { store, view } = await open();
    await store.write(write(range(1, 20), { begins: true }));
    await view.refresh();
    await store.write(write(range(101, 110), { target: 'staged', begins: true }));
    await view.refresh();
    expect(view.size).toBe(20);
    await store.write(write(range(111, 115), { target: 'staged', publishes: true }));
    await view.refresh();
    expect(view.size).toBe(15);
    expect(view.nearest(encodingOf(115))?.identity.faceId).toBe(115);
  });

  test('a segment that was damaged or lost hides only its own faces, is noticed, and is fetched again', async () => {
    for (const damage of ['a byte changed', 'lost'] as const) {
      newBrowser();
      const log = new FeedLog();
      for (let id = 1; id <= 1_200; id++) log.put(id);
      const first = await open();
      await new FeedReader({ source: log.source, store: first.store }).sync();
      const [segment] = await first.db.getAll('segments');
      if (!segment) throw new Error('the gallery has no segment');
      if (damage === 'lost') await first.db.delete('segments', segment.segment);
      else {
        new Uint8Array(segment.data).set([1, 2, 3], 100);
        await first.db.put('segments', segment);
      }

      const { store, view } = await open();
      await view.refresh();
      expect(view.isDamaged).toBe(true);
      expect(view.size).toBe(700);
      const reader = new FeedReader({ source: log.source, store });
      if (damage === 'lost') expect(await reader.sync()).toMatchObject({ restarted: true, verified: true });
      else {
        // Its sums are right: whoever opens it notices.
        log.put(1);
        await expect(reader.sync()).rejects.toThrow(DamagedGalleryError);
        await reader.sync({ restart: true });
      }
      await view.refresh();
      expect(view.isDamaged).toBe(false);
      expect(view.size).toBe(1_200);
    }
  });

  test('a gallery that an earlier version stored, without sums, is summed once', async () => {
    const log = new FeedLog();
    for (let id = 1; id <= 700; id++) log.put(id);
    const { db, store } = await open();
    await new FeedReader({ source: log.source, store }).sync();
    for (const { sums: _, ...entry } of await db.getAll('directory')) await db.put('directory', entry);
    const reopened = await open();
    expect(await new FeedReader({ source: log.source, store: reopened.store }).sync()).toMatchObject({
      faces: 0,
      verified: true,
    });
    expect((await db.getAll('directory')).every(({ sums }) => sums !== undefined)).toBe(true);
  });

  test('a recognition says of which lineage its ids are', async () => {
    const { store, view } = await open();
    await store.write(write([face(5)], { begins: true, position: { model: 'm', lastUpdatedAt: 1, lineage: 'l1' } }));
    await view.refresh();
    expect(view.nearest(encodingOf(5))?.identity).toMatchObject({ faceId: 5, lineage: 'l1' });
  });

  test('stored samples are sealed: nothing can be read from them', async () => {
    const { db, store } = await open();
    await store.write(write([face(5, { personName: 'Unmistakable', personId: 9 })], { begins: true }));
    const [segment] = await db.getAll('segments');
    const text = Buffer.from(segment?.data ?? new ArrayBuffer(0)).toString('latin1');
    expect(text).not.toContain('Unmistakable');
    expect(text).not.toContain(
      Buffer.from(encodingToBytes(encodingOf(5)))
        .toString('latin1')
        .slice(16, 32),
    );
    const key = (await db.get('keys', 'vault')) as CryptoKey;
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
  });
});
