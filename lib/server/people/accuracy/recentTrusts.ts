import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { events } from '@/db/schema';

/** Number of days that are counted. */
export const RECENT_DAYS = 30;
/** Maximum number of recognitions of each kind that are counted. */
const MOST = 20_000;
/** Number of steps per unit of trust. */
const PER_UNIT = 100;

/** How often each trust was recorded, ascending. Trust is rounded down to hundredths. */
export type TrustCounts = { trust: number; count: number }[];

export interface RecentTrusts {
  known: TrustCounts;
  unknown: TrustCounts;
  /** Whether all recognitions were counted. */
  whole: boolean;
}

/**
 * Counts the recognitions of the last 30 days by trust: at most the newest 20,000 known and 20,000 unknown ones. Corrected
 * ones are left out, because their trust did not decide whether they are known.
 */
export async function recentTrusts(db: Database): Promise<RecentTrusts> {
  const known = await counted(db, sql`(face_id is not null or person_id is not null)`);
  const unknown = await counted(db, sql`(face_id is null and person_id is null)`);
  return { known, unknown, whole: countOf(known) < MOST && countOf(unknown) < MOST };
}

/** Returns the number of recognitions with a trust of at least `from`. */
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
