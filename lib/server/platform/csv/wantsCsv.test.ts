import { expect, test } from 'vitest';
import { wantsCsv } from './wantsCsv';

test.each([
  ['text/csv', '', true],
  ['TEXT/CSV', '', true],
  ['application/json, text/csv;q=0.5', '', true],
  ['text/csv; charset=utf-8', '', true],
  ['*/*', '?format=csv', true],
  [null, '?format=csv', true],
  // RFC 9110 section 12.4.2: what has the weight 0 is not wanted.
  ['text/csv;q=0', '', false],
  ['application/json, text/csv; q=0.000', '', false],
  ['text/csv-schema', '', false],
  ['application/x.text/csv', '', false],
  ['*/*', '', false],
  [null, '', false],
])('Accept: %s with %j asks for CSV: %s', (accept, search, expected) => {
  const headers: Record<string, string> = accept === null ? {} : { accept };
  expect(wantsCsv(new Request(`http://kith.test/api/events${search}`, { headers }))).toBe(expected);
});
