import { encodingToBytes } from '@kith/sdk';
import { beforeEach, expect, test } from 'vitest';
import { feed, people, samples, tombstones } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { createSample, deleteSample, updateSample } from '@/lib/server/people/samples/store';
import { updatePerson } from '@/lib/server/people/store';
import { someSample } from '@/lib/server/testing/sample';
import { MODEL_ID } from '@/lib/shared/vision/types';
import { type FeedPage, readFeed } from './readFeed';

describeOnEachDatabase('the feed', (database) => {
  beforeEach(async () => {
    const db = database();
    await db.delete(samples);
    await db.delete(people);
    await db.delete(tombstones);
    await db.update(feed).set({ last: 0 });
  });

  /** Reads all pages from `after` on. */
  async function readAll(after: number, limit: number): Promise<FeedPage[]> {
    const pages: FeedPage[] = [];
    do {
      pages.push(await readFeed(database(), { after: pages.at(-1)?.lastUpdatedAt ?? after, limit }));
    } while (pages.at(-1)?.hasMore);
    return pages;
  }

  test('is empty at first', async () => {
    expect(await readFeed(database(), { after: 0 })).toEqual({
      faces: [],
      deleted: [],
      lastUpdatedAt: 0,
      hasMore: false,
      model: MODEL_ID,
      reset: false,
      lineage: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  test('contains what a reader needs to recognise and name people', async () => {
    const sample = someSample({ uniqueArgs: { user_id: 'u1', user_name: 'Ada', nested: { list: [1, null] } } });
    const created = await createSample(database(), sample);
    const page = await readFeed(database(), { after: 0 });
    expect(page.faces).toEqual([
      {
        faceId: created.faceId,
        encoding: expect.any(Uint8Array),
        updatedAt: created.updatedAt,
        uniqueArgs: sample.uniqueArgs,
        personId: created.person?.id,
        personName: 'Ada',
        groups: [],
        groupIds: [],
      },
    ]);
    expect([...(page.faces[0]?.encoding ?? [])]).toEqual([...encodingToBytes(sample.encoding)]);
    expect(page.lastUpdatedAt).toBe(created.updatedAt);
  });

  test('is empty for a reader that is up to date', async () => {
    const { updatedAt } = await createSample(database(), someSample());
    const page = await readFeed(database(), { after: updatedAt });
    expect(page).toMatchObject({ faces: [], deleted: [], lastUpdatedAt: updatedAt, hasMore: false, reset: false });
  });

  test.each([1, 2, 3, 4, 5, 100])('is read in pages of %i, including tombstones', async (limit) => {
    const created = [];
    for (let index = 0; index < 5; index++) created.push(await createSample(database(), someSample()));
    await deleteSample(database(), created[1]?.faceId ?? 0);
    await updateSample(database(), created[0]?.faceId ?? 0, { uniqueArgs: { changed: true } });
    await deleteSample(database(), created[3]?.faceId ?? 0);

    const pages = await readAll(0, limit);
    const sizes = pages.map((page) => page.faces.length + page.deleted.length);
    expect(sizes.slice(0, -1).every((size) => size === limit)).toBe(true);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(5);
    expect(pages.map((page) => page.hasMore)).toEqual(pages.map((_, index) => index < pages.length - 1));
    const faceIds = created.map((sample) => sample.faceId);
    expect(pages.flatMap((page) => page.faces.map((face) => faceIds.indexOf(face.faceId)))).toEqual([2, 4, 0]);
    expect(pages.flatMap((page) => page.deleted.map((gone) => faceIds.indexOf(gone.faceId)))).toEqual([1, 3]);
    const numbers = pages.flatMap((page) => [...page.faces, ...page.deleted].map((row) => row.updatedAt));
    expect(numbers.length).toBe(new Set(numbers).size);
    for (const page of pages.slice(0, -1)) {
      const last = Math.max(...[...page.faces, ...page.deleted].map((row) => row.updatedAt));
      expect(page.lastUpdatedAt).toBe(last);
    }
  });

  test('a page has 1 to 10,000 rows', async () => {
    await createSample(database(), someSample());
    await createSample(database(), someSample());
    expect((await readFeed(database(), { after: 0, limit: 1e9 })).faces).toHaveLength(2);
    expect((await readFeed(database(), { after: 0, limit: 0 })).faces).toHaveLength(1);
  });

  test('a deletion reaches readers with and without the sample', async () => {
    const { faceId, updatedAt } = await createSample(database(), someSample());
    await deleteSample(database(), faceId);
    for (const after of [0, updatedAt]) {
      const page = await readFeed(database(), { after });
      expect(page).toMatchObject({ faces: [], deleted: [{ faceId, updatedAt: page.lastUpdatedAt }] });
    }
  });

  test('a new name of a person reaches readers that have their samples', async () => {
    const one = await createSample(database(), someSample({ uniqueArgs: { user_id: 1, user_name: 'Ada' } }));
    const two = await createSample(database(), someSample({ uniqueArgs: { user_id: 1 } }));
    await updatePerson(database(), one.person?.id ?? 0, { name: 'Ada Lovelace' });
    const { faces } = await readFeed(database(), { after: two.updatedAt });
    expect(faces.map((face) => [face.faceId, face.personName])).toEqual([
      [one.faceId, 'Ada Lovelace'],
      [two.faceId, 'Ada Lovelace'],
    ]);
  });

  test('a number that was never assigned resets the reader', async () => {
    const created = await createSample(database(), someSample());
    const page = await readFeed(database(), { after: created.updatedAt + 1 });
    expect(page).toMatchObject({ reset: true, lastUpdatedAt: created.updatedAt, hasMore: false });
    expect(page.faces.map((face) => face.faceId)).toEqual([created.faceId]);
    expect(await readFeed(database(), { after: Number.MAX_SAFE_INTEGER })).toMatchObject({ reset: true });
  });

  test('contains encodings of one model only, and skips the others', async () => {
    const old = await createSample(database(), someSample({ model: 'another' }));
    const page = await readFeed(database(), { after: 0 });
    expect(page).toMatchObject({ faces: [], hasMore: false, lastUpdatedAt: old.updatedAt, model: MODEL_ID });
    expect((await readFeed(database(), { after: 0, model: 'another' })).faces).toHaveLength(1);
    await updateSample(database(), old.faceId, { face: someSample() });
    expect((await readFeed(database(), { after: page.lastUpdatedAt })).faces).toHaveLength(1);
  });
});
