import { expect, test } from 'vitest';
import { ageInWords } from './ageInWords';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

test.each([
  [0, 'Just now'],
  [MINUTE - 1, 'Just now'],
  [MINUTE, '1 minute ago'],
  [59.9 * MINUTE, '59 minutes ago'],
  [HOUR, '1 hour ago'],
  [47.9 * HOUR, '47 hours ago'],
  [48 * HOUR, '2 days ago'],
  [100 * 24 * HOUR, '100 days ago'],
])('%i ms are "%s"', (age, words) => {
  expect(ageInWords(age)).toBe(words);
});
