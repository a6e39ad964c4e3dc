import { expect, test } from 'vitest';
import { partsBySize } from './partsBySize';

test('parts are as large as they may be, and keep the order', () => {
  const parts = (sizes: number[]) => partsBySize(sizes, (size) => size, 10);
  expect(parts([4, 6, 1, 9, 10, 2])).toEqual([[4, 6], [1, 9], [10], [2]]);
  expect(parts([2, 30, 3, 7, 0])).toEqual([[2], [30], [3, 7, 0]]);
  expect(parts([0, 0])).toEqual([[0, 0]]);
  expect(parts([])).toEqual([]);
});
