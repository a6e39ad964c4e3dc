import { describe, expect, test } from 'vitest';
import { readCursor, writeCursor } from './cursor';

test('is read as it was written', () => {
  expect(readCursor(writeCursor([0.1, 7]), 'number')).toEqual([0.1, 7]);
  expect(readCursor(writeCursor(['Zoë', 7]), 'string')).toEqual(['Zoë', 7]);
});

describe('anything else is a bad request', () => {
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  test.each([
    '',
    'x',
    '%%%',
    encoded(null),
    encoded([1]),
    encoded(['a', 1]),
    encoded([1, 1.5]),
    encoded([1, '1']),
    encoded([1, 2, 3]),
  ])('%j', (cursor) => {
    expect(() => readCursor(cursor, 'number')).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }));
  });
});
