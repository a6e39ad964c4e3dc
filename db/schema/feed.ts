import { sql } from 'drizzle-orm';
import { bigint, boolean, check, pgTable } from 'drizzle-orm/pg-core';

/** One row: the last feed number given out. Its row lock orders all writes of samples (docs/decisions/0005). */
export const feed = pgTable(
  'feed',
  {
    single: boolean('single').primaryKey().default(true),
    last: bigint('last', { mode: 'number' }).notNull().default(0),
  },
  (table) => [check('feed_single', sql`${table.single}`)],
);

export type Feed = typeof feed.$inferSelect;
