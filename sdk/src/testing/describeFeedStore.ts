import { describe, expect, test } from 'vitest';
import { FeedReader } from '../feed/FeedReader.ts';
import type { FeedFace, FeedSource, FeedStore } from '../feed/types.ts';
import { FeedLog } from './feedLog.ts';

/** A store under test. `open` opens the same store again, as after a crash or a restart. */
export interface StoreUnderTest {
  open(): Promise<FeedStore>;
}

/** Tests what every store of the feed guarantees, through the reader. */
export function describeFeedStore(name: string, make: () => Promise<StoreUnderTest>): void {
  describe(name, () => {
    const read = async (store: FeedStore): Promise<FeedFace[]> => {
      const faces: FeedFace[] = [];
      for await (const batch of store.faces()) faces.push(...batch);
      return faces
        .map((face) => ({ ...face, encoding: new Uint8Array(face.encoding) }))
        .sort((a, b) => a.faceId - b.faceId);
    };
    const sync = (store: FeedStore, source: FeedSource, pageSize = 4) =>
      new FeedReader({ source, store, pageSize }).sync();

    /** Returns a source that fails after `pages` pages. */
    const failingAfter = (pages: number, { source }: FeedLog): FeedSource => {
      let left = pages;
      return (options) => (left-- > 0 ? source(options) : Promise.reject(new Error('connection lost')));
    };

    test('starts empty', async () => {
      const store = await (await make()).open();
      expect(await store.state()).toEqual({ live: { model: null, lastUpdatedAt: 0 }, staged: null });
      expect(await read(store)).toEqual([]);
    });

    test('follows additions, changes and deletions, and keeps them', async () => {
      const { open } = await make();
      const log = new FeedLog();
      for (let id = 1; id <= 11; id++) log.put(id, id, id % 2 ? { personId: id, personName: `Åse ${id} 🙂` } : null);
      const store = await open();
      expect(await sync(store, log.source)).toEqual({
        faces: 11,
        deleted: 0,
        restarted: false,
        lastUpdatedAt: 11,
        verified: true,
      });
      expect(await read(store)).toEqual(log.faces());

      log.delete(3);
      log.put(5, 50);
      log.put(12);
      expect(await sync(store, log.source)).toMatchObject({
        faces: 2,
        deleted: 1,
        restarted: false,
        lastUpdatedAt: 14,
      });
      for (const each of [store, await open()]) {
        expect(await read(each)).toEqual(log.faces());
        expect(await each.state()).toEqual({
          live: { model: 'model-1', lastUpdatedAt: 14, lineage: 'lineage-1' },
          staged: null,
        });
      }
    });

    test('goes on where the first sync was interrupted', async () => {
      const { open } = await make();
      const log = new FeedLog();
      for (let id = 1; id <= 11; id++) log.put(id);
      await expect(sync(await open(), failingAfter(2, log))).rejects.toThrow('connection lost');
      const store = await open();
      expect(await read(store)).toEqual(log.faces().slice(0, 8));
      expect(await sync(store, log.source)).toMatchObject({ faces: 3 });
      expect(await read(store)).toEqual(log.faces());
    });

    test.each<[string, (log: FeedLog) => void]>([
      ['the database is an older one', (log) => log.rewind(7)],
      ['the database was restored', (log) => log.restore(7)],
      ['the model is another one', (log) => Object.assign(log, { model: 'model-2' })],
    ])('when %s, the old gallery answers until the new one is whole', async (_, change) => {
      const { open } = await make();
      const log = new FeedLog();
      for (let id = 1; id <= 11; id++) log.put(id);
      const store = await open();
      await sync(store, log.source);
      const before = log.faces();
      change(log);

      await expect(sync(store, failingAfter(2, log), 3)).rejects.toThrow('connection lost');
      for (const each of [store, await open()]) expect(await read(each)).toEqual(before);
      const reopened = await open();
      expect(await sync(reopened, log.source, 3)).toMatchObject({ restarted: true });
      for (const each of [reopened, await open()]) {
        expect(await read(each)).toEqual(log.faces());
        expect(await each.state()).toMatchObject({ live: { model: log.model }, staged: null });
      }
      expect(await sync(await open(), log.source, 3)).toMatchObject({ faces: 0, restarted: false });
    });

    test.each<[string, (log: FeedLog) => void]>([
      [
        'restored, and written to up to the old number',
        (log) => {
          log.restore(7);
          for (let id = 101; id <= 104; id++) log.put(id);
        },
      ],
      [
        'put back without a new lineage, and written to beyond the old number',
        (log) => {
          log.rewind(7);
          for (let id = 101; id <= 106; id++) log.put(id);
        },
      ],
      [
        'robbed of a tombstone',
        (log) => {
          log.delete(3);
          log.forget(3);
        },
      ],
      ['robbed of a sample', (log) => log.forget(5)],
      [
        'given another sample for one that nobody was told of',
        (log) => {
          log.forget(5);
          log.put(50);
        },
      ],
    ])('a database that was %s: one sync of a reader that begins makes it equal', async (_, change) => {
      const { open } = await make();
      const log = new FeedLog();
      for (let id = 1; id <= 11; id++) log.put(id);
      await sync(await open(), log.source);
      change(log);
      const store = await open();
      expect(await sync(store, log.source)).toMatchObject({ restarted: true, verified: true });
      for (const each of [store, await open()]) expect(await read(each)).toEqual(log.faces());
      expect(await sync(await open(), log.source)).toMatchObject({ faces: 0, restarted: false, verified: true });
    });

    test('a gallery of an earlier version, without a lineage, stays and takes the one that there is', async () => {
      const { open } = await make();
      const log = new FeedLog();
      for (let id = 1; id <= 5; id++) log.put(id);
      const earlier: FeedSource = async (options) => ({ ...(await log.source(options)), lineage: undefined });
      const store = await open();
      await sync(store, earlier);
      expect((await store.state()).live.lineage).toBeUndefined();
      const reopened = await open();
      expect(await sync(reopened, log.source)).toMatchObject({ faces: 0, restarted: false, verified: true });
      expect((await (await open()).state()).live).toMatchObject({ lineage: log.lineage });
    });

    test('when the database changes again in the middle of starting over, that starts over too', async () => {
      const { open } = await make();
      const log = new FeedLog();
      for (let id = 1; id <= 20; id++) log.put(id);
      const store = await open();
      await sync(store, log.source);
      log.model = 'model-2';
      await expect(sync(store, failingAfter(4, log), 3)).rejects.toThrow('connection lost');
      log.restore(4);
      log.model = 'model-3';
      await sync(await open(), log.source, 3);
      expect(await read(await open())).toEqual(log.faces());
    });
  });
}
