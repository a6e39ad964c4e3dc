import { expect, test } from 'vitest';
import { oneIn } from './oneIn';

test.each([
  [1, 'more than half'],
  [0.5, 'about 1 in 2'],
  [0.025, 'about 1 in 40'],
  [0.00231, 'about 1 in 430'],
  [0.0001, 'about 1 in 10,000'],
  [0.000009, 'fewer than 1 in 100,000'],
  [0, 'fewer than 1 in 100,000'],
])('%d is %s', (part, text) => expect(oneIn(part)).toBe(text));
