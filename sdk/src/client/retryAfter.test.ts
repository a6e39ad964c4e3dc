import { expect, test } from 'vitest';
import { readRetryAfter } from './retryAfter.ts';

test.each([
  ['120', 120],
  [' 7 ', 7],
  ['0', 0],
  ['99999999999', 99_999_999_999],
  // The three forms of RFC 9110, 5.6.7.
  ['Fri, 01 May 2026 08:01:00 GMT', 60],
  ['Friday, 01-May-26 08:01:00 GMT', 60],
  ['Fri May  1 08:01:00 2026', 60],
  ['Fri, 01 May 2026 07:00:00 GMT', 0],
  // JavaScript parses these as dates, but they are not dates in HTTP.
  ['-5', null],
  ['1.5', null],
  ['2026-05-01', null],
  ['May 1', null],
  ['soon', null],
  ['', null],
  [null, null],
  [undefined, null],
])('Retry-After %j asks for %j seconds', (header, seconds) => {
  expect(readRetryAfter(header, Date.parse('2026-05-01T08:00:00Z'))).toBe(seconds);
});
