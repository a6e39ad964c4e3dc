import { index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns';

/** Failed sign-ins by account and address, counted for all servers together. */
export const signInFailures = pgTable(
  'sign_in_failures',
  {
    /** SHA-256 of what is counted, in hex: what people type into the field for the email is not kept. */
    key: text('key').primaryKey(),
    failures: integer('failures').notNull(),
    /** When the counter resets. Extended when the limit is reached. */
    endsAt: instant('ends_at').notNull(),
  },
  (table) => [index('sign_in_failures_ends_at').on(table.endsAt)],
);
