import { index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns';

/** Failed sign-ins by account and address. All servers share these counters. */
export const signInFailures = pgTable(
  'sign_in_failures',
  {
    /** SHA-256 of the counted value, in hex, because text typed into the email field must not be stored. */
    key: text('key').primaryKey(),
    failures: integer('failures').notNull(),
    /** When the counter resets. Extended when the limit is reached. */
    endsAt: instant('ends_at').notNull(),
  },
  (table) => [index('sign_in_failures_ends_at').on(table.endsAt)],
);
