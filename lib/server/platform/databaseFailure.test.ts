import { expect, test } from 'vitest';
import { DATABASE_AWAY } from '@/db/errors';
import { QueryError } from '@/db/QueryError';
import { KithError } from '@/lib/shared/contract/errors';
import { databaseFailure, failedQueryOf } from './databaseFailure';

const failed = (code: string) => new QueryError('it failed', { code });

test.each([
  'ECONNREFUSED',
  'CONNECTION_CLOSED',
  'CONNECT_TIMEOUT',
  '57P01',
  '57P03',
  '08006',
  '53300',
  '25006',
  DATABASE_AWAY,
])('a query that failed with %s is answered with 4002', (code) => {
  expect(databaseFailure(failed(code))).toMatchObject({ type: 4002, status: 503, retryAfterSeconds: 5 });
  expect(databaseFailure(new Error('a step failed', { cause: failed(code) }))).toMatchObject({ type: 4002 });
});

test.each(['55P03', '57014', '40P01', '40001'])('a query that failed with %s is answered with 4001', (code) => {
  expect(databaseFailure(failed(code))).toMatchObject({ type: 4001, status: 503, retryAfterSeconds: 1 });
});

test('anything else stays as it is', () => {
  const others = [
    failed('23505'),
    failed('53100'),
    new QueryError('without a code'),
    // A picture's host, not the database.
    Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
    new KithError('IMAGE_HOST_FAILED', 'image_url: refused', { cause: failed('ECONNREFUSED') }),
    'text',
  ];
  for (const other of others) expect(databaseFailure(other)).toBe(other);
});

test('the log gets the query that failed, unless it has had the reason', () => {
  const refused = failed('25006');
  expect(failedQueryOf(databaseFailure(refused))).toBe(refused);
  expect(failedQueryOf(databaseFailure(failed(DATABASE_AWAY)))).toBeUndefined();
  expect(failedQueryOf(new KithError('CONFLICT', 'taken', { cause: failed('23505') }))).toBeUndefined();
  expect(failedQueryOf(new KithError('OVERLOADED', 'Too many pictures.'))).toBeUndefined();
});
