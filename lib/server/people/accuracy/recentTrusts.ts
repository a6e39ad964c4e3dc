import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { events } from '@/db/schema';

/** Days back that are counted. */
export const RECENT_DAYS = 30;
/** Recognitions of each kind that are counted at most, the newest. */
const MOST = 20_000;
/** Parts of a unit of trust that are told apart. */
const PER_UNIT = 100;

/** How often each trust was recorded, in hundredths and rounded down; ascending. */
export type TrustCounts = { trust: number; count: number }[];

export interface RecentTrusts {
  known: TrustCounts;
  unknown: TrustCounts;
  /** False: there are more than were counted. */
  whole: boolean;
}

/**
 * Counts the recognitions of the last 30 days by their trust, at most the newest 20,000 known and unknown ones. Corrected
 * ones are left out: whether they are known is not what their trust decided.
 */
export async function recentTrusts(db: Database): Promise<RecentTrusts> {
  const known = await counted(db, sql`(face_id is not null or person_id is not null)`);
  const unknown = await counted(db, sql`(face_id is null and person_id is null)`);
  return { known, unknown, whole: countOf(known) < MOST && countOf(unknown) < MOST };
}

/** Number of recognitions, of those with at least a trust where one is given. */
export function countOf(counts: TrustCounts, from = 0): number {
  return counts.reduce((sum, { trust, count }) => sum + (trust >= from ? count : 0), 0);
}

async function counted(db: Database, condition: ReturnType<typeof sql>): Promise<TrustCounts> {
  const rows = await queryRows<{ part: number | string; count: number | string }>(
    db,
    sql`select floor(trust::numeric * ${PER_UNIT}) as part, count(*) as count from (
        select trust from ${events} where ${condition} and not corrected and at >= now() - ${`${RECENT_DAYS} days`}::interval
        order by at desc limit ${MOST}
      ) as newest group by 1 order by 1`,
  );
  return rows.map(({ part, count }) => ({ trust: Number(part) / PER_UNIT, count: Number(count) }));
}
