import { expect, test } from 'vitest';
import { median } from './median';

test.each([
  [[], null],
  [[3], 3],
  [[9, 1, 5], 5],
  [[10, 9, 1, 2], 5.5],
  // Sorted as numbers, not as text.
  [[100, 20, 3], 20],
])('the median of %j is %j', (values, expected) => {
  const given = [...values];
  expect(median(given)).toBe(expected);
  expect(given).toEqual(values);
});
