import { sql } from 'drizzle-orm';
import { bigint, boolean, check, pgTable, uuid } from 'drizzle-orm/pg-core';

/** One row: the last feed number given out. Its row lock orders all writes of samples (docs/decisions/0005). */
export const feed = pgTable(
  'feed',
  {
    single: boolean('single').primaryKey().default(true),
    last: bigint('last', { mode: 'number' }).notNull().default(0),
    /** Made with the database, replaced by a restore: ids and numbers of two lineages mean different things. */
    lineage: uuid('lineage').notNull().defaultRandom(),
  },
  (table) => [check('feed_single', sql`${table.single}`)],
);

export type Feed = typeof feed.$inferSelect;
