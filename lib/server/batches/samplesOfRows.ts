import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import type { ClaimedRow } from './claims';

/** A row; without a host, also the SHA-256 of its picture, in hex. */
export interface RowToFind {
  row: ClaimedRow;
  imageHash: string | null;
}

/**
 * Returns the samples that equal rows of any import made before: the same attributes as sent, and the same URL or the same
 * bytes. The keys are indexes into `rows`; rows without a sample are left out.
 */
export async function samplesOfRows(db: Database, rows: readonly RowToFind[]): Promise<Map<number, number>> {
  if (rows.length === 0) return new Map();
  const sought = rows.map(({ row: { host, source, attributes }, imageHash }, nth) => ({
    nth,
    url: host === null ? null : source,
    hash: host === null ? imageHash : null,
    attributes,
  }));
  const found = await queryRows<{ nth: number; id: number | string }>(
    db,
    sql`select nth, made.id
        from jsonb_to_recordset(${JSON.stringify(sought)}::jsonb) as sought(nth int, url text, hash text, attributes jsonb)
        cross join lateral (
          select id from samples where source_url = url and coalesce(sent_args, unique_args) = attributes
          union all
          select id from samples where image_hash = hash and coalesce(sent_args, unique_args) = attributes
          limit 1
        ) as made`,
  );
  return new Map(found.map(({ nth, id }) => [nth, Number(id)]));
}

/** Returns a key that is equal for two rows with the same sample. */
export const sameRow = ({ row: { host, source, attributes }, imageHash }: RowToFind): string =>
  JSON.stringify([host === null ? imageHash : source, host === null, attributes]);
