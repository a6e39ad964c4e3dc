import { expect, test } from 'vitest';
import { groupBy } from './groupBy';

test('groups rows by a key, in their order', () => {
  const grouped = groupBy([3, 1, 4, 1, 5, 9, 2, 6], (value) => value % 2 === 0);
  expect([...grouped]).toEqual([
    [false, [3, 1, 1, 5, 9]],
    [true, [4, 2, 6]],
  ]);
  expect(groupBy([], String)).toEqual(new Map());
});
