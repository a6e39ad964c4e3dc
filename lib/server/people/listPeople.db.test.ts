import { beforeAll, describe, expect, test } from 'vitest';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { type ListPeopleOptions, listPeople } from './listPeople';
import { createPerson } from './store';

const NAMES = ['Émile Zola', 'ada lovelace', 'Ada Byron', null, 'Zoë', 'Ada Byron', 'x'.repeat(200)];

describeOnEachDatabase('the list of people', (database) => {
  beforeAll(async () => {
    for (const [index, name] of NAMES.entries()) {
      await createPerson(database(), { name, externalId: `emp-00${index}` });
    }
  });

  /** The places in NAMES of all people listed, page after page. */
  async function list(options: ListPeopleOptions): Promise<number[]> {
    const ids: number[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await listPeople(database(), { ...options, ...(cursor && { cursor }) });
      expect(page.people.length).toBeLessThanOrEqual(options.limit ?? 50);
      ids.push(...page.people.map((person) => Number(person.externalId?.slice(-1))));
      cursor = page.nextCursor;
    } while (cursor !== null);
    return ids;
  }

  test.each([1, 2, 3, 7, 50])('newest first, %i a page', async (limit) => {
    expect(await list({ limit })).toEqual([6, 5, 4, 3, 2, 1, 0]);
  });

  test.each([1, 2, 3, 50])('by name, %i a page', async (limit) => {
    const listed = await list({ limit, order: 'name' });
    expect(listed.slice(0, 4)).toEqual([3, 2, 5, 1]);
    expect(listed.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  describe('searched', () => {
    test.each([
      ['ada', [5, 2, 1]],
      ['ADA b', [5, 2]],
      ['byron ada', [5, 2]],
      ['love', [1]],
      ['emile', [0]],
      ['Zoé', [4]],
      ['emp-004', [4]],
      ['00', [6, 5, 4, 3, 2, 1, 0]],
      ['ovelace', []],
      ['--', []],
      ["'", []],
      ['ada & !byron', [5, 2]],
      ['  ', [6, 5, 4, 3, 2, 1, 0]],
    ])('for %j', async (search, expected) => {
      expect(await list({ search, limit: 2 })).toEqual(expected);
    });
  });

  test('a cursor of another order is a bad request', async () => {
    const { nextCursor } = await listPeople(database(), { limit: 1 });
    const asked = listPeople(database(), { order: 'name', cursor: nextCursor ?? '' });
    await expect(asked).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});
