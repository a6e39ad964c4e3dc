import { encodingFromBytes, normalisedDistance } from '@kith/sdk';
import { expect, test } from 'vitest';
import { events, people, samples } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { readFeed } from '@/lib/server/feed/readFeed';
import { overview } from '@/lib/server/people/overview';
import { listSamples } from '@/lib/server/people/samples/listSamples';
import { fillDatabase, NotEmptyError } from './fillDatabase';

describeOnEachDatabase('demo people', (database) => {
  test('fill an empty database, marked and with feed numbers, and appear in the lists and the overview', async () => {
    const db = database();
    await fillDatabase(db, { people: 1_200 });
    expect([await db.$count(people), await db.$count(samples), await db.$count(events)]).toEqual([1200, 3600, 1200]);

    const { faces, hasMore } = await readFeed(db, { after: 0, limit: 10_000 });
    expect(hasMore).toBe(false);
    const numbers = faces.map(({ updatedAt }) => updatedAt);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    expect(faces.every(({ uniqueArgs }) => uniqueArgs.demo === true)).toBe(true);
    const last = await listSamples(db, { search: 'demo-1200' });
    expect(last.samples.map(({ person }) => person?.externalId)).toEqual(Array(3).fill('demo-1200'));

    const { samples: counts, days, people: total } = await overview(db);
    expect(total).toBe(1200);
    expect(counts.good + counts.fair + counts.poor).toBe(3600);
    const seen = days.reduce((sum, { known, unknown }) => sum + known + unknown, 0);
    expect(seen).toBeGreaterThan(1000);
    const someone = await overviewPeople(db);
    for (const scores of someone) expect(Math.max(0, ...scores)).toBeLessThan(0.25);
  });

  test('are nearer to themselves than to others', async () => {
    const { faces } = await readFeed(database(), { after: 0, limit: 60 });
    const encodings = faces.map(({ encoding }) => encodingFromBytes(encoding));
    const between = (a: number, b: number) =>
      normalisedDistance(encodings[a] as Float32Array, encodings[b] as Float32Array);
    for (let i = 0; i < 60; i += 3) {
      expect(between(i, i + 1)).toBeLessThan(0.5);
      expect(between(i, (i + 3) % 60)).toBeGreaterThan(0.5);
    }
  });

  test('are refused for a database with people, unless `add` is set', async () => {
    const db = database();
    await expect(fillDatabase(db, { people: 1 })).rejects.toThrow(NotEmptyError);
    await fillDatabase(db, { people: 2, samplesEach: 1, add: true });
    expect(await db.$count(people)).toBe(1202);
    expect((await listSamples(db, { search: 'demo-1202' })).samples).toHaveLength(1);
  });

  /** Returns the sample scores of each person whom the overview lists as needing samples. */
  async function overviewPeople(db: ReturnType<typeof database>): Promise<number[][]> {
    const { needSamples } = await overview(db);
    return Promise.all(
      needSamples.map(async ({ id }) =>
        (await listSamples(db, { personId: id })).samples.map(({ quality }) => quality.score),
      ),
    );
  }
});
