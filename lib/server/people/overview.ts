import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { QUALITY_RANGE, type QualityBand } from '@/lib/shared/contract/qualityBand';

export interface Overview {
  people: number;
  samples: Record<QualityBand, number>;
  today: number;
  /** UTC days, oldest first, without gaps. */
  days: { day: string; known: number; unknown: number }[];
  /** People without a sample better than poor, worst first. */
  needSamples: { id: number; name: string | null; external_id: string | null }[];
  failedImports: { id: number; name: string; failed: number }[];
}

const DAYS = 14;
/** Number of people, and of samples, that are searched for people in need. */
const LOOKED_THROUGH = 2_000;

/** Returns what the console's first page shows. */
export async function overview(db: Database): Promise<Overview> {
  const { good, fair } = QUALITY_RANGE;
  const today = sql`date_trunc('day', now() at time zone 'utc')`;
  // Separate subqueries, so that each count is read from an index alone.
  const counts = await queryRows<Record<'people' | 'good' | 'fair' | 'poor' | 'today', string | number>>(
    db,
    sql`select (select count(*) from people) as people,
      (select count(*) from samples where score >= ${good.from}) as good,
      (select count(*) from samples where score >= ${fair.from} and score < ${fair.below}) as fair,
      (select count(*) from samples where score < ${fair.from}) as poor,
      (select count(*) from events where at >= ${today} at time zone 'utc') as today`,
  );
  const ofDay = sql`at >= d at time zone 'utc' and at < (d + interval '1 day') at time zone 'utc'`;
  const days = await queryRows<{ day: string; known: string | number; unknown: string | number }>(
    db,
    sql`select to_char(d, 'YYYY-MM-DD') as day,
      (select count(*) from events where ${ofDay} and (face_id is not null or person_id is not null)) as known,
      (select count(*) from events where ${ofDay} and face_id is null and person_id is null) as unknown
      from generate_series(${today} - ${`${DAYS - 1} days`}::interval, ${today}, '1 day') as d order by d`,
  );
  const needSamples = await peopleInNeed(db);
  const failedImports = await queryRows<{ id: string | number; name: string; failed: string | number }>(
    db,
    sql`select i.id, i.name, count(*) as failed from imports i join import_rows r on r.import_id = i.id
      where r.status = 'failed' and i.created_at > now() - interval '14 days'
      group by i.id order by i.id desc limit 3`,
  );
  const [count] = counts;
  return {
    people: Number(count?.people ?? 0),
    samples: { good: Number(count?.good ?? 0), fair: Number(count?.fair ?? 0), poor: Number(count?.poor ?? 0) },
    today: Number(count?.today ?? 0),
    days: days.map(({ day, known, unknown }) => ({ day, known: Number(known), unknown: Number(unknown) })),
    needSamples,
    failedImports: failedImports.map(({ id, name, failed }) => ({ id: Number(id), name, failed: Number(failed) })),
  };
}

/**
 * Returns up to five people who have no sample, or none better than poor. Only the newest people and the worst samples are
 * searched, because this is a hint for the operator and not a report.
 */
async function peopleInNeed(db: Database): Promise<Overview['needSamples']> {
  const found = await queryRows<{ id: string | number; name: string | null; external_id: string | null }>(
    db,
    sql`with without as (
          select id, 0::double precision as score from (select id from people order by id desc limit ${LOOKED_THROUGH}) as p
          where not exists (select from samples where person_id = p.id)
        ), poor as (
          select person_id as id, max(score) as score
          from (select person_id, score from samples where score < ${QUALITY_RANGE.fair.from}
                order by score limit ${LOOKED_THROUGH}) as s
          where person_id is not null
            and not exists (select from samples where person_id = s.person_id and score >= ${QUALITY_RANGE.fair.from})
          group by person_id
        ), worst as (
          select * from without union all select * from poor order by score, id limit 5
        )
        select people.id, people.name, people.external_id from worst join people using (id) order by worst.score, id`,
  );
  return found.map((person) => ({ ...person, id: Number(person.id) }));
}
