import type { FeedPage } from '@kith/sdk';
import { expect, test } from 'vitest';
import { readAhead } from './readAhead';

const page = (lastUpdatedAt: number, hasMore: boolean): FeedPage => ({
  faces: [],
  deleted: [],
  lastUpdatedAt,
  hasMore,
  model: 'm',
  reset: false,
});

test('requests the next page in advance, and fetches each page once', async () => {
  const asked: number[] = [];
  const source = readAhead(async ({ after }) => {
    asked.push(after);
    return page(after + 10, after < 20);
  });
  expect((await source({ after: 0, limit: 5 })).lastUpdatedAt).toBe(10);
  expect(asked).toEqual([0, 10]);
  expect((await source({ after: 10, limit: 5 })).lastUpdatedAt).toBe(20);
  expect((await source({ after: 20, limit: 5 })).hasMore).toBe(false);
  expect(asked).toEqual([0, 10, 20]);
});

test('fetches an unexpected position, and sends a new request after a failure', async () => {
  let fails = false;
  const asked: number[] = [];
  const source = readAhead(async ({ after }) => {
    asked.push(after);
    if (fails) throw new Error('no connection');
    return page(after + 10, true);
  });
  await source({ after: 0, limit: 5 });
  await source({ after: 500, limit: 5 });
  expect(asked).toEqual([0, 10, 500, 510]);
  fails = true;
  await source({ after: 510, limit: 5 });
  await expect(source({ after: 520, limit: 5 })).rejects.toThrow('no connection');
  fails = false;
  expect((await source({ after: 520, limit: 5 })).lastUpdatedAt).toBe(530);
});
