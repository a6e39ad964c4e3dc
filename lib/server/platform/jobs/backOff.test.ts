import { expect, test } from 'vitest';
import { backOff } from './backOff';

const WAITS = { first: 10, growth: 2, longest: 50 };

test('each wait is so many times as long as the one before, up to the longest', () => {
  expect([1, 2, 3, 4, 5, 99].map((failures) => backOff(failures, WAITS, () => 0))).toEqual([10, 20, 40, 50, 50, 50]);
});

test('up to a fifth is added at random', () => {
  expect(backOff(1, WAITS, () => 1)).toBe(12);
});
