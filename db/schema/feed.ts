import { sql } from 'drizzle-orm';
import { bigint, boolean, check, pgTable, uuid } from 'drizzle-orm/pg-core';

/** One row: the last feed number assigned. Its row lock orders all writes of samples (docs/decisions/0005). */
export const feed = pgTable(
  'feed',
  {
    single: boolean('single').primaryKey().default(true),
    last: bigint('last', { mode: 'number' }).notNull().default(0),
    /**
     * Created with the database and replaced by a restore. Ids and numbers of different lineages mean different things.
     */
    lineage: uuid('lineage').notNull().defaultRandom(),
  },
  (table) => [check('feed_single', sql`${table.single}`)],
);

export type Feed = typeof feed.$inferSelect;
