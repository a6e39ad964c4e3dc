import { expect, test } from 'vitest';
import { counted } from './counted';

test('a number has its noun, singular for one', () => {
  expect([0, 1, 2, 12_345].map((count) => counted(count, 'face'))).toEqual([
    '0 faces',
    '1 face',
    '2 faces',
    '12,345 faces',
  ]);
  expect(counted(2, 'person', 'people')).toBe('2 people');
});
