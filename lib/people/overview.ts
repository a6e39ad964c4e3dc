import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { QUALITY_RANGE, type QualityBand } from '@/lib/contract/qualityBand';

export interface Overview {
  people: number;
  samples: Record<QualityBand, number>;
  today: number;
  /** Days, oldest first, without gaps; UTC. */
  days: { day: string; known: number; unknown: number }[];
  /** People none of whose samples is better than poor, worst first. */
  needSamples: { id: number; name: string | null; external_id: string | null }[];
  failedImports: { id: number; name: string; failed: number }[];
}

const DAYS = 14;

/** What the first page shows. Counts, no row of anybody's face. */
export async function overview(db: Database): Promise<Overview> {
  const counts = await queryRows<Record<'people' | 'good' | 'fair' | 'poor' | 'today', string | number>>(
    db,
    sql`select (select count(*) from people) as people,
      count(*) filter (where score >= ${QUALITY_RANGE.good.from}) as good,
      count(*) filter (where score >= ${QUALITY_RANGE.fair.from} and score < ${QUALITY_RANGE.fair.below}) as fair,
      count(*) filter (where score < ${QUALITY_RANGE.poor.below}) as poor,
      (select count(*) from events where at >= date_trunc('day', now() at time zone 'utc') at time zone 'utc') as today
      from samples`,
  );
  const days = await queryRows<{ day: string; known: string | number; unknown: string | number }>(
    db,
    sql`select to_char(d, 'YYYY-MM-DD') as day,
      count(e.id) filter (where e.person_id is not null or e.face_id is not null) as known,
      count(e.id) filter (where e.id is not null and e.person_id is null and e.face_id is null) as unknown
      from generate_series(date_trunc('day', now() at time zone 'utc') - ${`${DAYS - 1} days`}::interval,
        date_trunc('day', now() at time zone 'utc'), '1 day') as d
      left join events e on e.at >= d at time zone 'utc' and e.at < (d + interval '1 day') at time zone 'utc'
      group by d order by d`,
  );
  const needSamples = await queryRows<{ id: string | number; name: string | null; external_id: string | null }>(
    db,
    sql`select p.id, p.name, p.external_id from people p left join samples s on s.person_id = p.id
      group by p.id having coalesce(max(s.score), 0) < ${QUALITY_RANGE.fair.from}
      order by coalesce(max(s.score), 0), p.id limit 5`,
  );
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
    needSamples: needSamples.map((person) => ({ ...person, id: Number(person.id) })),
    failedImports: failedImports.map(({ id, name, failed }) => ({ id: Number(id), name, failed: Number(failed) })),
  };
}
