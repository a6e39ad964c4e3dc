import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { ID_JUMPS } from './idJumps';

/** Minimum number of ids to skip, however short the lost time: a batch of demo people, or an import. */
const FEWEST_IDS = 1_000_000;
/** Ids to skip per second of lost time: several times as many as a server enrols. */
const IDS_PER_SECOND = 100;

/** The last id that each sequence of a database assigned, by its name. */
export type LastIds = ReadonlyMap<string, number>;

export interface BeginLineageOptions {
  /** Time of the backup. If null, the time of the last write is used. */
  since: Date | null;
  /** The ids of the database that is replaced. An earlier restore of the same backup has assigned ids there. */
  replaced?: LastIds;
}

/**
 * Begins a new lineage in a database that was set back to an earlier time. Readers of the feed then start from nothing.
 * Every sequence of ids is moved past all ids that may have been assigned in the lost time, and past all that the
 * replaced database assigned. So an id never comes to mean somebody else. The skipped ids are recorded, so that an
 * import can tell them from deleted ones. A database of an earlier version without lineages gets one when it is
 * migrated, and its sequences are moved here.
 */
export function beginLineage(db: Database, { since, replaced = new Map() }: BeginLineageOptions): Promise<void> {
  return db.transaction(async (tx) => {
    const [has] = await queryRows<{ lineage: boolean; settings: boolean }>(
      tx,
      sql`select exists(
            select from information_schema.columns
            where table_schema = 'public' and table_name = 'feed' and column_name = 'lineage') as lineage,
            to_regclass('public.settings') is not null as settings`,
    );
    if (has?.lineage) await tx.execute(sql`update feed set lineage = gen_random_uuid()`);
    const backup = since ? sql`${since.toISOString()}::timestamptz` : sql`to_timestamp(feed.last / 1000.0)`;
    const jumps = await queryRows<{ sequence: string; from: number | string; to: number | string }>(
      tx,
      sql`select sequencename::text as sequence, coalesce(last_value, 0) as "from",
                 setval(format('%I.%I', schemaname, sequencename)::regclass,
                   greatest(coalesce(last_value, start_value),
                     (${JSON.stringify(Object.fromEntries(replaced))}::jsonb ->> sequencename::text)::bigint) + ${FEWEST_IDS}
                     + greatest(0, ceil(extract(epoch from clock_timestamp() - (${backup})))::bigint) * ${IDS_PER_SECOND}) as "to"
          from pg_sequences, feed where schemaname = 'public'`,
    );
    if (!has?.settings) return;
    const noted = jumps.map(({ sequence, from, to }) => ({ sequence, from: Number(from), to: Number(to) }));
    await tx.execute(
      sql`insert into settings (name, value) values (${ID_JUMPS}, ${JSON.stringify(noted)}::jsonb)
          on conflict (name) do update set value = settings.value || excluded.value`,
    );
  });
}

/** Returns the last ids of a database, for the database that replaces it. */
export async function lastIds(db: Database): Promise<LastIds> {
  const rows = await queryRows<{ name: string; last: number | string }>(
    db,
    sql`select sequencename::text as name, last_value as last from pg_sequences
        where schemaname = 'public' and last_value is not null`,
  );
  return new Map(rows.map(({ name, last }) => [name, Number(last)]));
}
