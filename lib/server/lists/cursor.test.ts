import { describe, expect, test } from 'vitest';
import { readCursor, writeCursor } from './cursor';

const ID = '0b8f9c3e-1111-4222-8333-444455556666';

test('round-trips', () => {
  expect(readCursor(writeCursor([0.1, 7]), { key: 'number', id: 'integer' })).toEqual([0.1, 7]);
  expect(readCursor(writeCursor(['Zoë', 7]), { key: 'string', id: 'integer' })).toEqual(['Zoë', 7]);
  const at = new Date('2026-11-30T09:00:00.123Z');
  expect(readCursor(writeCursor([at, ID]), { key: 'time', id: 'uuid' })).toEqual([at, ID]);
});

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const refused = expect.objectContaining({ code: 'BAD_REQUEST' });

describe('anything else is a bad request', () => {
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
    expect(() => readCursor(cursor, { key: 'number', id: 'integer' })).toThrow(refused);
  });

  test.each([
    encoded([1.5, ID]),
    encoded([9e15, ID]),
    encoded(['2026-11-30', ID]),
    encoded([1, 7]),
    encoded([1, 'x']),
    encoded([1, ID.toUpperCase()]),
  ])('%j, by time', (cursor) => {
    expect(() => readCursor(cursor, { key: 'time', id: 'uuid' })).toThrow(refused);
  });
});
