import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { database } from '@/lib/server/platform/database';
import type { Job } from '@/lib/server/platform/jobs/Job';
import { log } from '@/lib/server/platform/log';

/** A table is maintained after it has grown by this share, and by this many pages of 8 KB, since the last time. */
const GROWTH = { share: 0.2, pages: 16 } as const;

/**
 * Runs VACUUM and ANALYZE on the tables that have grown by a fifth since the last time. Without statistics the planner
 * takes every value for a rare one, and sorts a whole table although an index has the order. Without VACUUM the space
 * of changed and deleted rows is never used again, and no index is read without its table. `pg_class.relpages` has the
 * size at the last time, because only these two commands write it.
 * @returns the tables that were maintained
 */
export async function tendTables(db: Database): Promise<string[]> {
  const grown = await queryRows<{ name: string }>(
    db,
    sql`select quote_ident(relname) as name from pg_class
        where relkind = 'r' and relnamespace = 'public'::regnamespace
          and pg_relation_size(oid) / current_setting('block_size')::int
            > relpages * (1 + ${GROWTH.share}::float8) + ${GROWTH.pages}::int
        order by relname`,
  );
  for (const { name } of grown) await db.execute(sql.raw(`vacuum (analyze) ${name}`));
  return grown.map(({ name }) => name);
}

/** Interval in which a running server checks the growth of tables, in ms. */
const EVERY_MS = 60_000;

/**
 * Maintains the tables of the embedded database every minute, and returns their names. Default: the server's database.
 */
export const tablesJob = ({ db: given }: { db?: Database } = {}): Job<string[]> => ({
  name: 'tables',
  every: EVERY_MS,
  async work() {
    const started = performance.now();
    const tables = await tendTables(given ?? (await database()));
    if (tables.length > 0) log().debug({ tables, ms: Math.round(performance.now() - started) }, 'tables tended');
    return tables;
  },
});
