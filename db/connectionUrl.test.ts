import { expect, test } from 'vitest';
import { connectionUrl } from './connectionUrl';

test.each([
  // As Neon and Supabase display them, with and without Prisma selected.
  [
    'postgresql://ada:pw@ep-cool-1-pooler.eu.aws.neon.tech/neondb?sslmode=require&channel_binding=require',
    'postgresql://ada:pw@ep-cool-1-pooler.eu.aws.neon.tech/neondb?sslmode=require',
  ],
  [
    'postgres://postgres.ref:pw@aws-0-eu.pooler.supabase.com:6543/postgres?pgbouncer=true&connection_limit=1',
    'postgres://postgres.ref:pw@aws-0-eu.pooler.supabase.com:6543/postgres',
  ],
  [
    'postgres://u@h/d?options=endpoint%3Dep-1&application_name=faces',
    'postgres://u@h/d?options=endpoint%3Dep-1&application_name=faces',
  ],
  ['postgres://u:p%40ss%2F@h:5432/d', 'postgres://u:p%40ss%2F@h:5432/d'],
])('%s', (given, usable) => {
  expect(connectionUrl(given)).toBe(usable);
});
