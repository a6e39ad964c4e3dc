import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { type ImportRow, importRows } from '@/db/schema';

/**
 * How long a claim holds unless it is renewed, in seconds: the time after which the rows of a server that was killed
 * are taken up by another.
 */
export const LEASE_SECONDS = 30;

/** A row that a run has for itself. Its uploaded picture stays in the database until its turn has come. */
export type ClaimedRow = Pick<ImportRow, 'importId' | 'row' | 'source' | 'host' | 'attributes'> & {
  hasPicture: boolean;
};

export interface ClaimOptions {
  importId: number;
  /** The run that claims; a UUID. */
  holder: string;
  /** Only rows after this one. */
  after: number;
  /** Rows at most. */
  limit: number;
  /** Rows at most of one host: of those that are known, and of any other. */
  ofHost: { known: Record<string, number>; others: number };
}

export interface Claim {
  /** In their order. */
  rows: ClaimedRow[];
  /** The row up to which was looked; null when that was the last one. */
  lookedThrough: number | null;
}

/** Waiting rows that one claim looks at: few enough to take a millisecond among a million of a host that is busy. */
const LOOKED_AT = 512;

const until = sql`clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})`;

/** Takes waiting rows that nobody works on. Two servers that claim at once get different ones. */
export async function claimRows(db: Database, options: ClaimOptions): Promise<Claim> {
  const { importId, holder, after, limit, ofHost } = options;
  const [first, ...others] = await queryRows<Partial<Omit<ClaimedRow, 'importId'>> & { last: number; looked: number }>(
    db,
    sql`with ahead as (
          select row, host, coalesce(claimed_until < clock_timestamp(), true) as free from import_rows
          where import_id = ${importId} and status = 'waiting' and row > ${after}
          order by row limit ${LOOKED_AT}
        ), fitting as (
          select row from (
            select row, host, row_number() over (partition by host order by row) as nth from ahead where free
          ) as numbered
          where host is null or nth <= coalesce((${JSON.stringify(ofHost.known)}::jsonb ->> host)::int, ${ofHost.others})
          order by row limit ${limit}
        ), locked as (
          select row from import_rows
          where import_id = ${importId} and row = any (array(select row from fitting)) and status = 'waiting'
            and coalesce(claimed_until < clock_timestamp(), true)
          for update skip locked
        ), mine as (
          update import_rows set claimed_by = ${holder}::uuid, claimed_until = ${until}
          where import_id = ${importId} and row = any (array(select row from locked))
          returning row, source, host, attributes, picture is not null as "hasPicture"
        )
        select seen.*, mine.*
        from (select coalesce(max(row), 0) as last, count(*)::int as looked from ahead) as seen left join mine on true
        order by mine.row`,
  );
  if (first === undefined) throw new Error('a claim was not answered');
  const rows = [first, ...others].flatMap(({ row, source, host = null, attributes = {}, hasPicture = false }) =>
    row == null || source === undefined ? [] : [{ importId, row, source, host, attributes, hasPicture }],
  );
  return { rows, lookedThrough: first.looked < LOOKED_AT ? null : first.last };
}

/** Holds on to everything this run has claimed. */
export async function renewClaims(db: Database, holder: string): Promise<void> {
  await db.update(importRows).set({ claimedUntil: until }).where(eq(importRows.claimedBy, holder));
}

/** Frees every claim. Only for a database of one process, at its start: whoever held them is gone. */
export async function freeAllClaims(db: Database): Promise<void> {
  await db.update(importRows).set({ claimedBy: null, claimedUntil: null }).where(isNotNull(importRows.claimedBy));
}

/** Whether the run still has the row. Locks it, inside the write that depends on it. */
export async function stillHolds(tx: Database, row: ClaimedRow, holder: string): Promise<boolean> {
  const [mine] = await tx
    .select({ row: importRows.row })
    .from(importRows)
    .where(and(placeOf(row), eq(importRows.claimedBy, holder)))
    .for('update');
  return mine !== undefined;
}

/** What came of a row. */
export type Outcome =
  | { status: 'enrolled' | 'duplicate'; faceId: number }
  | { status: 'failed'; errorType: number; errorMessage: string };

/** Notes what came of a row, unless another run has it by now. The picture of a failed one is kept for another try. */
export async function noteOutcome(db: Database, row: ClaimedRow, holder: string, outcome: Outcome): Promise<boolean> {
  const noted = await db
    .update(importRows)
    .set({
      ...outcome,
      finishedAt: new Date(),
      claimedBy: null,
      claimedUntil: null,
      ...(outcome.status !== 'failed' && { picture: null }),
    })
    .where(and(placeOf(row), eq(importRows.claimedBy, holder)))
    .returning({ row: importRows.row });
  return noted.length > 0;
}

const placeOf = ({ importId, row }: ClaimedRow) => and(eq(importRows.importId, importId), eq(importRows.row, row));
