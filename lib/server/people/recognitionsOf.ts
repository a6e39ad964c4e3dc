import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';

/** Number of days that are counted. */
const DAYS = 30;

/** Returns how often a person was recognised on each of the last 30 UTC days, oldest first, without gaps. */
export async function recognitionsOf(db: Database, personId: number): Promise<{ day: string; known: number }[]> {
  const today = sql`date_trunc('day', now() at time zone 'utc')`;
  const days = await queryRows<{ day: string; known: string | number }>(
    db,
    sql`select to_char(d, 'YYYY-MM-DD') as day,
      (select count(*) from events where person_id = ${personId}
        and at >= d at time zone 'utc' and at < (d + interval '1 day') at time zone 'utc') as known
      from generate_series(${today} - ${`${DAYS - 1} days`}::interval, ${today}, '1 day') as d order by d`,
  );
  return days.map(({ day, known }) => ({ day, known: Number(known) }));
}
