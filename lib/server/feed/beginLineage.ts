import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';

/** Ids that the lost time can have given whatever its length: a batch of demo people, an import. */
const FEWEST_IDS = 1_000_000;
/** Ids a second of lost time, several times as many as a server enrols. */
const IDS_PER_SECOND = 100;

/**
 * Begins a new lineage in a database that was put back to an earlier moment. Readers of the feed then start from
 * nothing. Every sequence of ids is moved past all that the lost time can have given: an id never comes to mean somebody
 * else. A database of an earlier version without lineages gets one when it is migrated; its sequences are moved here.
 * @param since the moment of the backup; null where nothing tells it, then that of the last write
 */
export function beginLineage(db: Database, { since }: { since: Date | null }): Promise<void> {
  return db.transaction(async (tx) => {
    const [has] = await queryRows<{ lineage: boolean }>(
      tx,
      sql`select exists(
            select from information_schema.columns
            where table_schema = 'public' and table_name = 'feed' and column_name = 'lineage') as lineage`,
    );
    if (has?.lineage) await tx.execute(sql`update feed set lineage = gen_random_uuid()`);
    const backup = since ? sql`${since.toISOString()}::timestamptz` : sql`to_timestamp(feed.last / 1000.0)`;
    await tx.execute(
      sql`select setval(format('%I.%I', schemaname, sequencename)::regclass,
                   coalesce(last_value, start_value) + ${FEWEST_IDS}
                     + greatest(0, ceil(extract(epoch from clock_timestamp() - (${backup})))::bigint) * ${IDS_PER_SECOND})
          from pg_sequences, feed where schemaname = 'public'`,
    );
  });
}
