import { expect, test } from 'vitest';
import { parseEnv } from '@/lib/server/platform/env';
import { vercelLimits } from './vercelLimits';

const names = (lines: string[]) => lines.map((line) => /[A-Z]+_[A-Z_]+|GALLERY/.exec(line)?.[0]);

test('without a database and a secret from outside a function does not start', () => {
  const { refused } = vercelLimits(parseEnv({ VERCEL: '1' }));
  expect(names(refused)).toEqual(['DATABASE_URL', 'AUTH_SECRET']);
});

test('what will not happen is said', () => {
  const { refused, warnings } = vercelLimits(
    parseEnv({ VERCEL: '1', DATABASE_URL: 'postgres://h/d', AUTH_SECRET: '0123456789abcdef' }),
  );
  expect(refused).toEqual([]);
  expect(names(warnings)).toEqual(['CRON_SECRET', 'MAX_IMAGE_BYTES', 'GALLERY']);
});

test('settings made for it are taken without a word', () => {
  const env = parseEnv({
    VERCEL: '1',
    DATABASE_URL: 'postgres://h/d',
    AUTH_SECRET: '0123456789abcdef',
    CRON_SECRET: '0123456789abcdef',
    MAX_IMAGE_BYTES: '4000000',
    GALLERY: 'pgvector',
  });
  expect(vercelLimits(env)).toEqual({ refused: [], warnings: [] });
});
