import { type SQL, sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import type { ImportedKind } from '@/db/schema';
import { readIdJumps } from '@/lib/server/feed/idJumps';
import type { FeedNumbers } from '@/lib/server/feed/withFeed';
import type { StoreImages } from '@/lib/shared/contract/settings';
import { type ImportReport, MAX_CHANGED_IDS } from '@/lib/shared/contract/transfer';
import { type Header, LARGEST_KEPT_ID } from '@/lib/shared/transfer/format';
import type { ImportedIds } from '../importedIds';

/** One transaction of an import, with what all steps share. */
export interface ImportStep {
  tx: Database;
  numbers: FeedNumbers;
  ids: ImportedIds;
  header: Header;
  /** Whether the file is from this server, so that its ids are the ids here. */
  own: boolean;
  storeImages: StoreImages;
  /** Whether to import again, with new ids, what was deleted here after an earlier import. */
  restoreDeleted: boolean;
  report: ImportReport;
}

/** The sequence of ids of each kind. */
const SEQUENCES: Record<ImportedKind, string> = {
  person: 'people_id_seq',
  sample: 'samples_id_seq',
  device: 'devices_id_seq',
};

/**
 * Moves the sequences past all ids of the file. Otherwise, a record that needs a new id could get one that a later line
 * would keep. If the file is from this server, no record gets a new id.
 */
export async function reserveIds({ tx, header, own }: ImportStep): Promise<void> {
  if (own) return;
  for (const kind of ['person', 'sample', 'device'] as const) await raiseSequence(tx, kind, header.largest[kind]);
}

/** Returns new ids from the database. */
export async function newIds(tx: Database, kind: ImportedKind, count: number): Promise<number[]> {
  if (count === 0) return [];
  const rows = await queryRows<{ id: number | string }>(
    tx,
    sql`select nextval(${SEQUENCES[kind]}::regclass) as id from generate_series(1, ${count})`,
  );
  return rows.map(({ id }) => Number(id));
}

/**
 * Returns whether an id was ever assigned here. If so and it is missing, it was deleted. Ids that a restore skipped
 * were not assigned here; the replaced database may have assigned them.
 */
export async function givenIds(tx: Database, kind: ImportedKind): Promise<(id: number) => boolean> {
  const last = await lastId(tx, kind);
  const jumps = await readIdJumps(tx, SEQUENCES[kind]);
  return (id) => id <= last && !jumps.some(({ from, to }) => id > from && id <= to);
}

/** Returns the last id assigned here; 0 if there was none. */
async function lastId(tx: Database, kind: ImportedKind): Promise<number> {
  const [row] = await queryRows<{ id: number | string }>(
    tx,
    sql`select coalesce(pg_sequence_last_value(${SEQUENCES[kind]}::regclass), 0) as id`,
  );
  return Number(row?.id ?? 0);
}

/**
 * Makes the database assign only ids larger than `id` from now on. A sequence never goes back, even after a rollback.
 */
export async function raiseSequence(tx: Database, kind: ImportedKind, id: number): Promise<void> {
  if (id < 1 || id > LARGEST_KEPT_ID) return;
  await tx.execute(
    sql`select setval(${SEQUENCES[kind]}::regclass, ${id}::bigint)
        where coalesce(pg_sequence_last_value(${SEQUENCES[kind]}::regclass), 0) < ${id}::bigint`,
  );
}

/** Records that something has another id here than in the file. */
export function noteChangedId(report: ImportReport, type: ImportedKind, from: number, to: number): void {
  if (from === to) return;
  report.changed_ids_count++;
  if (report.changed_ids.length < MAX_CHANGED_IDS) report.changed_ids.push({ type, from, to });
}

/** Returns a time of the file for a column, to the microsecond. */
export const instant = (text: string): SQL<Date> => sql`${text}::timestamptz`;

export const instantOrNull = (text: string | null): SQL<Date> | null => (text === null ? null : instant(text));
