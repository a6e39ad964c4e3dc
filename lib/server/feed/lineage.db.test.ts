import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FeedReader, type FeedSource, FeedSum, MemoryFeedStore } from '@kith/sdk';
import { FileFeedStore } from '@kith/sdk/node';
import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Database, queryRows } from '@/db/client';
import { events, feed, people, samples, tombstones } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { encodingAt, insertSamples } from '@/lib/server/gallery/testing/samples';
import { createSample, deleteSample } from '@/lib/server/people/samples/store';
import { someSample } from '@/lib/server/testing/sample';
import { beginLineage } from './beginLineage';
import { readFeed } from './readFeed';

/** Reads all rows of the tables that a backup contains. Returns a function that restores them in the same database. */
async function backUp(db: Database): Promise<() => Promise<void>> {
  const kept = await Promise.all([
    db.select().from(people),
    db.select().from(samples),
    db.select().from(tombstones),
    db.select().from(feed),
    queryRows<{ name: string; last: string }>(
      db,
      sql`select sequencename::text as name, last_value::text as last from pg_sequences
          where schemaname = 'public' and last_value is not null`,
    ),
  ] as const);
  const [ofPeople, ofSamples, ofTombstones, ofFeed, sequences] = kept;
  return async () => {
    for (const table of [events, samples, people, tombstones, feed]) await db.delete(table);
    if (ofPeople.length > 0)
      await db
        .insert(people)
        .overridingSystemValue()
        .values(ofPeople.map(({ words: _, ...row }) => row));
    if (ofSamples.length > 0) {
      const rows = ofSamples.map(({ score: _, words: __, ...row }) => row);
      await db.insert(samples).overridingSystemValue().values(rows);
    }
    if (ofTombstones.length > 0) await db.insert(tombstones).values(ofTombstones);
    await db.insert(feed).values(ofFeed);
    for (const { name, last } of sequences) await db.execute(sql`select setval(${name}, ${last}::bigint)`);
  };
}

describeOnEachDatabase('a database that was put back', (database) => {
  let folder: string;
  beforeEach(async () => {
    const db = database();
    for (const table of [events, samples, people, tombstones]) await db.delete(table);
    folder = await mkdtemp(join(tmpdir(), 'kith-lineage-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const source: FeedSource = (request) => readFeed(database(), request);
  /** The source of a phone or SDK of an earlier version: without lineage and checksum. */
  const earlierSource: FeedSource = async ({ after, limit }) => {
    const { faces, deleted, lastUpdatedAt, hasMore, model, reset } = await readFeed(database(), { after, limit });
    return { faces, deleted, lastUpdatedAt, hasMore, model, reset };
  };
  const idsOf = async (store: { faces(): AsyncIterable<{ faceId: number; updatedAt: number }[]> }) => {
    const found: [number, number][] = [];
    for await (const batch of store.faces()) for (const { faceId, updatedAt } of batch) found.push([faceId, updatedAt]);
    return found.sort(([a], [b]) => a - b);
  };
  const idsOfServer = async () =>
    (await database().select().from(samples).orderBy(samples.id)).map(({ id, updatedAt }) => [id, updatedAt]);
  const enrol = (count: number, name = 'Ada') =>
    Promise.all(Array.from({ length: count }, () => createSample(database(), someSample({ uniqueArgs: { name } }))));

  /** Returns a reader in memory that keeps running, and one in a file that is reopened for each sync, as on a phone. */
  async function readers() {
    const memory = new MemoryFeedStore();
    const running = new FeedReader({ source, store: memory });
    const path = join(folder, 'gallery.kith');
    return {
      path,
      contact: async () => {
        const file = await FileFeedStore.open(path);
        const results = [await running.sync(), await new FeedReader({ source, store: file }).sync()];
        return { results, stores: [memory, file] };
      },
    };
  }

  describe('each reader equals the server after one contact', () => {
    test('after a restore that was written to since', async () => {
      const db = database();
      await enrol(8);
      const restore = await backUp(db);
      const lost = await enrol(2, 'Bob');
      const { contact } = await readers();
      await contact();
      await restore();
      await beginLineage(db, { since: new Date() });
      const [carol] = await enrol(1, 'Carol');
      expect(lost.map(({ faceId }) => faceId)).not.toContain(carol?.faceId);
      const { results, stores } = await contact();
      for (const result of results) expect(result).toMatchObject({ restarted: true, verified: true });
      for (const store of stores) expect(await idsOf(store)).toEqual(await idsOfServer());
    });

    test('after a recovery to a point in time that nobody told Kith of, once it begins again', async () => {
      const db = database();
      await enrol(4);
      const restore = await backUp(db);
      await enrol(2, 'Bob');
      const { contact, path } = await readers();
      await contact();
      await restore();
      // Its number is above all numbers of the reader. The numbers alone do not show that anything was lost.
      await enrol(1, 'Carol');
      const file = await FileFeedStore.open(path);
      expect(await new FeedReader({ source, store: file }).sync()).toMatchObject({ restarted: true, verified: true });
      expect(await idsOf(file)).toEqual(await idsOfServer());
    });

    test('after a tombstone was deleted by hand, and a sample', async () => {
      const db = database();
      const [one, two] = await enrol(5);
      const { contact, path } = await readers();
      await contact();
      await deleteSample(db, one?.faceId ?? 0);
      await db.delete(tombstones);
      await db.delete(samples).where(eq(samples.id, two?.faceId ?? 0));
      const file = await FileFeedStore.open(path);
      expect(await new FeedReader({ source, store: file }).sync()).toMatchObject({ restarted: true, verified: true });
      expect(await idsOf(file)).toEqual(await idsOfServer());
    });

    test('after any byte of its file changed', async () => {
      await enrol(6);
      const { contact, path } = await readers();
      await contact();
      await deleteSample(database(), (await enrol(1))[0]?.faceId ?? 0);
      await contact();
      const whole = await readFile(path);
      for (let at = 16; at < whole.length; at += 211) {
        const changed = Buffer.from(whole);
        changed[at] = (changed[at] ?? 0) ^ 0x10;
        await writeFile(path, changed);
        const file = await FileFeedStore.open(path);
        expect((await new FeedReader({ source, store: file }).sync()).verified).toBe(true);
        expect(await idsOf(await FileFeedStore.open(path))).toEqual(await idsOfServer());
      }
    });
  });

  test('a reader of an earlier version, without a lineage, goes on as before', async () => {
    await enrol(3);
    const store = new MemoryFeedStore();
    const reader = new FeedReader({ source: earlierSource, store });
    expect(await reader.sync()).toEqual({
      faces: 3,
      deleted: 0,
      restarted: false,
      lastUpdatedAt: expect.any(Number),
    });
    await enrol(1);
    expect(await reader.sync()).toMatchObject({ faces: 1, restarted: false });
    // The reader is updated: it keeps its samples and gets the lineage.
    expect(await new FeedReader({ source, store }).sync()).toMatchObject({
      faces: 0,
      restarted: false,
      verified: true,
    });
  });

  test('the checksum is that of the SDK, on the last page only, and only of the samples of one model', async () => {
    await enrol(4);
    await createSample(database(), someSample({ model: 'another' }));
    expect(await readFeed(database(), { after: 0 })).not.toHaveProperty('checksum');
    expect(await readFeed(database(), { after: 0, limit: 3, verify: true })).not.toHaveProperty('checksum');
    const page = await readFeed(database(), { after: 0, verify: true });
    const sum = new FeedSum();
    for (const { faceId, updatedAt } of page.faces) sum.add(faceId, updatedAt);
    expect(sum.summary.count).toBe(4);
    expect(page).toMatchObject(sum.summary);
    expect(await readFeed(database(), { after: 0, model: 'nobody', verify: true })).toMatchObject({
      count: 0,
      checksum: '00000000000000',
    });
  });

  test('the checksum of many samples with the largest ids is right, and costs a few times as much as counting them', async () => {
    const db = database();
    const LARGEST = 9_007_199_254_000_000;
    const BATCH = 5_000;
    const BATCHES = 4;
    await insertSamples(db, [{ personId: null, encoding: encodingAt(1) }]);
    for (let from = 0; from < BATCHES * BATCH; from += BATCH) {
      await db.execute(sql`
        insert into samples (id, encoding, model, position, quality, updated_at) overriding system value
        select ${LARGEST} + n, encoding, model, position, quality, ${LARGEST} + n
        from (select * from samples order by id limit 1) one, generate_series(${from + 1}::bigint, ${from + BATCH}::bigint) n`);
    }
    const last = LARGEST + BATCHES * BATCH;
    await db.update(feed).set({ last });
    const page = await readFeed(db, { after: last, verify: true });
    const sum = new FeedSum();
    for (const { id, updatedAt } of await db.select().from(samples)) sum.add(id, updatedAt);
    expect(sum.summary.count).toBe(BATCHES * BATCH + 1);
    expect(page).toMatchObject(sum.summary);

    // The best of several runs, side by side, because on a busy machine both wait.
    const best = { checksum: Number.POSITIVE_INFINITY, count: Number.POSITIVE_INFINITY };
    for (let i = 0; i < 7; i++) {
      const start = performance.now();
      await readFeed(db, { after: last, verify: true });
      const between = performance.now();
      await db.execute(sql`select count(*), max(updated_at), max(s.model) from samples s`);
      best.checksum = Math.min(best.checksum, between - start);
      best.count = Math.min(best.count, performance.now() - between);
    }
    expect(best.checksum).toBeLessThan(10 * best.count + 20);
    await db.delete(samples);
    await db.update(feed).set({ last: Date.now() });
  }, 120_000);

  test('every sequence of ids moves past what the lost time can have given', async () => {
    const db = database();
    await enrol(1);
    const values = async () => {
      const rows = await queryRows<{ name: string; last: string | null }>(
        db,
        sql`select sequencename::text as name, last_value::text as last from pg_sequences where schemaname = 'public'`,
      );
      return new Map(rows.map(({ name, last }) => [name, Number(last ?? 0)]));
    };
    const before = await values();
    const [old] = await db.select().from(feed);
    const DAY_MS = 86_400_000;
    await beginLineage(db, { since: new Date(Date.now() - DAY_MS) });
    const after = await values();
    expect(before.size).toBeGreaterThan(5);
    for (const [name, last] of before) {
      expect((after.get(name) ?? 0) - last, name).toBeGreaterThanOrEqual(1_000_000 + (DAY_MS / 1000) * 100);
    }
    expect((await db.select().from(feed))[0]).toEqual({
      ...old,
      lineage: expect.not.stringContaining(old?.lineage ?? ''),
    });
    const [next] = await enrol(1);
    expect(Number.isSafeInteger(next?.faceId)).toBe(true);
    expect((await enrol(1))[0]?.faceId).toBe((next?.faceId ?? 0) + 1);
  });
});
