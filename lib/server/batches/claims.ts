import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { type ImportRow, importRows } from '@/db/schema';
import { isFree, leasedFor } from '@/lib/server/platform/jobs/lease';
import { ERRORS } from '@/lib/shared/contract/errors';

/**
 * How long a claim holds unless it is renewed, in seconds: the time after which the rows of a server that was killed
 * are taken up by another.
 */
export const LEASE_SECONDS = 30;

/** A row that a run has for itself. Its uploaded picture stays in the database until its turn has come. */
export type ClaimedRow = Pick<
  ImportRow,
  'importId' | 'row' | 'source' | 'host' | 'attributes' | 'groups' | 'attempts' | 'choice'
> & {
  hasPicture: boolean;
};

/**
 * Claims of a row at most that may end without an outcome, because the server was killed, its thread ended or it took
 * too long. After so many it is failed: a picture that ends a server must not end each that takes it up.
 */
export const MOST_ATTEMPTS = 2;

/** What a row is failed with when the servers that worked on it ended. */
const SPENT = {
  type: ERRORS.INTERNAL.type,
  message: 'The server ended twice while it worked on this row, and does not try it a third time by itself.',
} as const;

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
  /**
   * Takes rows whose first attempt had no outcome, in place of those that nobody has tried. They are to be worked on
   * one at a time with nothing beside them, so that a second end of the server is the fault of no other row.
   */
  suspects?: boolean;
}

export interface Claim {
  /** In their order. */
  rows: ClaimedRow[];
  /** The row up to which was looked; null when that was the last one. */
  lookedThrough: number | null;
  /** Rows that were failed, as their attempts are used up. */
  spent: number;
}

/** Waiting rows that one claim looks at: few enough to take a millisecond among a million of a host that is busy. */
const LOOKED_AT = 512;

const until = leasedFor(LEASE_SECONDS);
const free = isFree(sql.raw('claimed_until'));

/** Takes waiting rows that nobody works on. Two servers that claim at once get different ones. */
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
  if (first === undefined) throw new Error('a claim was not answered');
  const rows = [first, ...others].flatMap(
    ({ row, source, host = null, attributes = {}, groups, attempts = 1, choice = null, hasPicture = false }) =>
      row == null || source === undefined
        ? []
        : [{ importId, row, source, host, attributes, groups: groups ?? [], attempts, choice, hasPicture }],
  );
  return { rows, lookedThrough: first.looked < LOOKED_AT ? null : first.last, spent: first.spent };
}

/** What a claim answers besides its rows. */
type Seen = { last: number; looked: number; spent: number };

/** Holds on to everything this run has claimed. */
export async function renewClaims(db: Database, holder: string): Promise<void> {
  await db.execute(
    sql`update import_rows set claimed_until = ${until}
        where (import_id, row) in (
          -- Rows that are being written at this moment are as good as done; waiting for them could be a deadlock.
          select import_id, row from import_rows where claimed_by = ${holder}::uuid for update skip locked
        )`,
  );
}

/**
 * Gives a row back for its next attempt, unless another run has it by now.
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
 * Gives back everything that a run has claimed, because its server stops.
 * @param busy rows whose attempt counts all the same: what was being done with them did not end
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

/** Frees every claim. Only for a database of one process, at its start: whoever held them is gone. */
export async function freeAllClaims(db: Database): Promise<void> {
  await db.update(importRows).set({ claimedBy: null, claimedUntil: null }).where(isNotNull(importRows.claimedBy));
}

/** Which of the rows the run still has, by their place in `rows`. Locks them, inside the write that depends on it. */
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

/** What came of a row. */
export type Outcome =
  | {
      status: 'enrolled' | 'duplicate';
      faceId: number;
      /** The nearest sample of somebody else whom the face matches. */
      looksLike?: number | null;
    }
  | {
      status: 'failed';
      errorType: number;
      errorMessage: string;
      /** The sample of its person that shows somebody else. */
      differsFrom?: number;
      /** Whether its attempts stay counted: tried again, it has one left. */
      spent?: boolean;
    };

/**
 * Notes what came of rows, unless another run has them by now. The picture of a failed one is kept for another try.
 * Answers how many were noted.
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
