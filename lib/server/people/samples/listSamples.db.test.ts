import { beforeAll, describe, expect, test } from 'vitest';
import type { UniqueArgs } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { someSample } from '@/lib/server/testing/sample';
import { type ListSamplesOptions, listSamples } from './listSamples';
import { createSample } from './store';

const SAMPLES: { uniqueArgs: UniqueArgs; score: number }[] = [
  { uniqueArgs: { user_id: 1, user_name: 'Ada Lovelace', dept: 'Engines', badge: 7 }, score: 0.5 },
  { uniqueArgs: { user_id: 1, dept: 'Poetry', badge: '7' }, score: 0.1 },
  { uniqueArgs: { dept: 'engines', active: true }, score: 0.9 },
  { uniqueArgs: { user_id: 2, user_name: 'Charles Engine' }, score: 0.5 },
  { uniqueArgs: { nested: { dept: 'Engines' }, code: '007' }, score: 0.1 + 0.2 },
];

describeOnEachDatabase('the list of samples', (database) => {
  const faceIds: number[] = [];
  const personIds: (number | null)[] = [];
  beforeAll(async () => {
    faceIds.length = personIds.length = 0;
    for (const { uniqueArgs, score } of SAMPLES) {
      const quality = { ...someSample().quality, score };
      const sample = await createSample(database(), someSample({ uniqueArgs, quality }));
      faceIds.push(sample.faceId);
      personIds.push(sample.person?.id ?? null);
    }
  });

  /** The places in SAMPLES of all samples listed, page after page. */
  async function list(options: ListSamplesOptions): Promise<number[]> {
    const found: number[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await listSamples(database(), { ...options, ...(cursor && { cursor }) });
      expect(page.samples.length).toBeLessThanOrEqual(options.limit ?? 50);
      found.push(...page.samples.map((sample) => faceIds.indexOf(sample.faceId)));
      cursor = page.nextCursor;
    } while (cursor !== null);
    return found;
  }

  describe.each([1, 2, 5, 50])('%i a page', (limit) => {
    test.each([
      ['newest', [4, 3, 2, 1, 0]],
      ['oldest', [0, 1, 2, 3, 4]],
      ['best', [2, 3, 0, 4, 1]],
      ['worst', [1, 4, 0, 3, 2]],
    ] as const)('%s first', async (order, expected) => {
      expect(await list({ limit, order })).toEqual(expected);
    });
  });

  test.each([
    ['good', [4, 3, 2, 0].filter((i) => (SAMPLES[i]?.score ?? 0) >= 0.5)],
    ['fair', [4]],
    ['poor', [1]],
  ] as const)('of %s quality, in whatever order', async (quality, expected) => {
    expect(await list({ quality, order: 'newest', limit: 1 })).toEqual(expected);
    expect((await list({ quality, order: 'best', limit: 1 })).sort()).toEqual([...expected].sort());
  });

  test('of a person, or of nobody', async () => {
    expect(await list({ personId: personIds[0], limit: 1 })).toEqual([1, 0]);
    expect(await list({ personId: null })).toEqual([4, 2]);
    expect(await list({ personId: 1e9 })).toEqual([]);
  });

  test.each([
    ['ada', [1, 0]],
    ['love ada', [1, 0]],
    ['engine', [4, 3, 2, 0]],
    ['poetry', [1]],
    ['dept', []],
    ['007', [4]],
    ['!!', []],
    [' ', [4, 3, 2, 1, 0]],
  ])('searched for %j', async (search, expected) => {
    expect(await list({ search, limit: 2 })).toEqual(expected);
    expect(await list({ search, limit: 50, order: 'oldest' })).toEqual(expected.toReversed());
  });

  test.each([
    ['dept', 'Engines', [0]],
    ['badge', '7', [1, 0]],
    ['active', 'true', [2]],
    ['code', '007', [4]],
    ['code', '7', []],
    ['user_name', 'Ada Lovelace', [0]],
    ["de'pt", '"', []],
  ])('with the attribute %s=%s', async (name, value, expected) => {
    expect(await list({ attribute: { name, value }, limit: 1 })).toEqual(expected);
  });

  test('by all of these together', async () => {
    const options = { personId: personIds[0], search: 'ada', attribute: { name: 'badge', value: '7' } };
    expect(await list({ ...options, order: 'worst', limit: 1 })).toEqual([1, 0]);
    expect(await list({ ...options, search: 'charles' })).toEqual([]);
  });

  test('a cursor that is none is a bad request', async () => {
    await expect(listSamples(database(), { cursor: 'x' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});
