import { expect, test } from 'vitest';
import { KithError } from '@/lib/shared/contract/errors';
import { idOrNotFound, orNotFound } from './orNotFound';

const NOT_FOUND = 'NEXT_HTTP_ERROR_FALLBACK;404';

test('what is not there has the page for it, and other errors stay errors', async () => {
  expect(await orNotFound(async () => 7)).toBe(7);
  await expect(
    orNotFound(async () => {
      throw new KithError('NOT_FOUND', 'No such person.');
    }),
  ).rejects.toThrow(NOT_FOUND);
  await expect(
    orNotFound(async () => {
      throw new KithError('DATABASE_AWAY', 'The database cannot be reached.');
    }),
  ).rejects.toThrow('The database cannot be reached.');
});

test.each(['0', '-1', '1.5', 'x', '1e99'])('%s is no id', (text) => {
  expect(() => idOrNotFound(text)).toThrow(NOT_FOUND);
});

test('an id is a number', () => {
  expect(idOrNotFound('12')).toBe(12);
});
