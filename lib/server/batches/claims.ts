import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { type ImportRow, importRows } from '@/db/schema';
import { isFree, leasedFor } from '@/lib/server/platform/jobs/lease';
import { ERRORS } from '@/lib/shared/contract/errors';

/** Seconds after which a claim expires unless it is renewed. Another server can then claim the rows of one that was killed. */
export const LEASE_SECONDS = 30;

/** A row that one run has claimed. Its uploaded picture stays in the database until its turn comes. */
export type ClaimedRow = Pick<
  ImportRow,
  'importId' | 'row' | 'source' | 'host' | 'attributes' | 'groups' | 'attempts' | 'choice'
> & {
  hasPicture: boolean;
};

/**
 * Maximum number of claims of a row without an outcome: the server was killed, its thread ended, or it took too long. The
 * row then fails, so that a picture that ends a server does not end every server that claims it.
 */
export const MOST_ATTEMPTS = 2;

/** The error of a row whose servers ended while they worked on it. */
const SPENT = {
  type: ERRORS.INTERNAL.type,
  message: 'The server ended twice while it worked on this row. The row is not tried a third time by itself.',
} as const;

export interface ClaimOptions {
  importId: number;
  /** UUID of the run that claims. */
  holder: string;
  /** Only rows after this one. */
  after: number;
  /** Maximum number of rows. */
  limit: number;
  /** Maximum number of rows per host: of each known host, and of any other. */
  ofHost: { known: Record<string, number>; others: number };
  /**
   * Claims rows whose first attempt had no outcome, instead of untried ones. Process them one at a time with nothing beside
   * them, so that a second end of the server is not blamed on another row.
   */
  suspects?: boolean;
}

export interface Claim {
  /** In ascending order. */
  rows: ClaimedRow[];
  /** The last row examined; null if no rows follow it. */
  lookedThrough: number | null;
  /** Number of rows that failed because their attempts were used up. */
  spent: number;
}

/** Number of waiting rows that one claim examines. A claim takes a millisecond, even among a million rows of a busy host. */
const LOOKED_AT = 512;

const until = leasedFor(LEASE_SECONDS);
const free = isFree(sql.raw('claimed_until'));

/** Claims waiting rows that no run holds. Two servers that claim at the same time get different rows. */
export async function claimRows(db: Database, options: ClaimOptions): Promise<Claim> {
  const { importId, holder, after, limit, ofHost, suspects = false } = options;
  const [first, ...others] = await queryRows<Partial<Omit<ClaimedRow, 'importId'>> & Seen>(
    db,
    sql`with ahead as (
          select row, host, attempts, ${free} as free from import_rows
          where import_id = ${importId} and status = 'waiting' and row > ${after}
          order by row limit ${LOOKED_AT}
        ), fitting as (
          select row from (
            select row, host, row_number() over (partition by host order by row) as nth from ahead
            where free and attempts = ${suspects ? 1 : 0}
          ) as numbered
          where host is null or nth <= coalesce((${JSON.stringify(ofHost.known)}::jsonb ->> host)::int, ${ofHost.others})
          order by row limit ${limit}
        ), locked as (
          select row from import_rows
          where import_id = ${importId} and row = any (array(select row from fitting)) and status = 'waiting'
            and attempts = ${suspects ? 1 : 0} and ${free}
          for update skip locked
        ), mine as (
          update import_rows set claimed_by = ${holder}::uuid, claimed_until = ${until}, attempts = attempts + 1
          where import_id = ${importId} and row = any (array(select row from locked))
          returning row, source, host, attributes, groups, attempts, choice, picture is not null as "hasPicture"
        ), tried as (
          select row from import_rows
          where import_id = ${importId} and status = 'waiting' and attempts >= ${MOST_ATTEMPTS}
            and row = any (array(select row from ahead where free and attempts >= ${MOST_ATTEMPTS}))
            and ${free}
          for update skip locked
        ), spent as (
          update import_rows set status = 'failed', error_type = ${SPENT.type}, error_message = ${SPENT.message},
            finished_at = clock_timestamp(), claimed_by = null, claimed_until = null
          where import_id = ${importId} and row = any (array(select row from tried))
          returning row
        )
        select seen.*, mine.*
        from (
          select coalesce(max(row), 0) as last, count(*)::int as looked, (select count(*)::int from spent) as spent
          from ahead
        ) as seen left join mine on true
        order by mine.row`,
  );
  if (first === undefined) throw new Error('a claim returned no row');
  const rows = [first, ...others].flatMap(
    ({ row, source, host = null, attributes = {}, groups, attempts = 1, choice = null, hasPicture = false }) =>
      row == null || source === undefined
        ? []
        : [{ importId, row, source, host, attributes, groups: groups ?? [], attempts, choice, hasPicture }],
  );
  return { rows, lookedThrough: first.looked < LOOKED_AT ? null : first.last, spent: first.spent };
}

/** What a claim returns besides its rows. */
type Seen = { last: number; looked: number; spent: number };

/** Renews all claims of a run. */
export async function renewClaims(db: Database, holder: string): Promise<void> {
  await db.execute(
    sql`update import_rows set claimed_until = ${until}
        where (import_id, row) in (
          -- Rows that are being written are as good as done. Waiting for them could cause a deadlock.
          select import_id, row from import_rows where claimed_by = ${holder}::uuid for update skip locked
        )`,
  );
}

/**
 * Releases a row for its next attempt, unless another run has it by now.
 * @param options.counts whether this attempt counts as one
 */
export async function giveBack(db: Database, holder: string, row: ClaimedRow, { counts = true } = {}): Promise<void> {
  await db
    .update(importRows)
    .set({
      claimedBy: null,
      claimedUntil: null,
      ...(!counts && { attempts: sql`greatest(${importRows.attempts} - 1, 0)` }),
    })
    .where(and(eq(importRows.importId, row.importId), eq(importRows.row, row.row), eq(importRows.claimedBy, holder)));
}

/**
 * Releases all rows of a run, because its server stops.
 * @param busy rows whose attempt counts, because their recognition did not end
 */
export async function giveUpClaims(db: Database, holder: string, busy: readonly ClaimedRow[]): Promise<void> {
  const places = JSON.stringify(busy.map(placeOf));
  await db.execute(
    sql`update import_rows as mine set claimed_by = null, claimed_until = null,
          attempts = attempts - case when exists (
            select 1 from jsonb_to_recordset(${places}::jsonb) as busy(import_id bigint, row int)
            where busy.import_id = mine.import_id and busy.row = mine.row
          ) then 0 else 1 end
        where (import_id, row) in (
          select import_id, row from import_rows where claimed_by = ${holder}::uuid for update skip locked
        )`,
  );
}

/** Releases every claim. Only for a database of one process, at its start, when no run can hold any. */
export async function freeAllClaims(db: Database): Promise<void> {
  await db.update(importRows).set({ claimedBy: null, claimedUntil: null }).where(isNotNull(importRows.claimedBy));
}

/** Returns which rows the run still holds, as indexes into `rows`. Locks them; runs inside the write that depends on it. */
export async function stillHeld(tx: Database, rows: readonly ClaimedRow[], holder: string): Promise<Set<number>> {
  const places = JSON.stringify(rows.map((row, nth) => ({ ...placeOf(row), nth })));
  const held = await queryRows<{ nth: number }>(
    tx,
    sql`select nth from import_rows
        join jsonb_to_recordset(${places}::jsonb) as place(import_id bigint, row int, nth int) using (import_id, row)
        where claimed_by = ${holder}::uuid for update of import_rows`,
  );
  return new Set(held.map(({ nth }) => nth));
}

/** The outcome of a row. */
export type Outcome =
  | {
      status: 'enrolled' | 'duplicate';
      faceId: number;
      /** The nearest sample of another person that the face matches. */
      looksLike?: number | null;
    }
  | {
      status: 'failed';
      errorType: number;
      errorMessage: string;
      /** The sample of its person that the face differs from. */
      differsFrom?: number;
      /** Whether its attempts stay counted, so that a retry has one left. */
      spent?: boolean;
    };

/**
 * Stores the outcomes of rows, except of those that another run has by now. A failed row keeps its picture for a retry.
 * Returns how many were stored.
 */
export async function noteOutcomes(
  db: Database,
  holder: string,
  outcomes: readonly { row: ClaimedRow; outcome: Outcome }[],
): Promise<number> {
  if (outcomes.length === 0) return 0;
  const done = JSON.stringify(outcomes.map(({ row, outcome }) => ({ ...placeOf(row), ...outcome })));
  const noted = await queryRows(
    db,
    sql`update import_rows as mine set status = done.status::import_row_status, face_id = done."faceId",
          error_type = done."errorType", error_message = done."errorMessage",
          differs_from = done."differsFrom", looks_like = done."looksLike", finished_at = clock_timestamp(),
          claimed_by = null, claimed_until = null, picture = case when done.status = 'failed' then mine.picture end,
          attempts = case when done.spent then mine.attempts else 0 end
        from jsonb_to_recordset(${done}::jsonb) as done(import_id bigint, row int, status text, "faceId" bigint,
          "errorType" int, "errorMessage" text, "differsFrom" bigint, "looksLike" bigint, spent boolean)
        where mine.import_id = done.import_id and mine.row = done.row and mine.claimed_by = ${holder}::uuid
        returning mine.row`,
  );
  return noted.length;
}

const placeOf = ({ importId, row }: ClaimedRow) => ({ import_id: importId, row });
