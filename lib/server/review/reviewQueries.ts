import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { QUALITY_RANGE } from '@/lib/shared/contract/qualityBand';
import { CONSENT_DAYS, REVIEW_LIMIT, SILENT_HOURS } from '@/lib/shared/contract/review';

/** Number of people and samples scanned where there is no index. */
const LOOKED_THROUGH = 1_000;

interface PersonRow extends Record<string, unknown> {
  id: number | string;
  name: string | null;
  external_id: string | null;
}

/** Returns a condition that excludes items that were left unchanged. */
const notKept = (kind: string, subject: ReturnType<typeof sql>) =>
  sql`not exists (select from review_decisions where kind = ${kind} and subject = ${subject})`;

/** Returns samples that make recognition difficult, the worst first. */
export function poorSamples(db: Database) {
  return queryRows<PersonRow & { face_id: number | string; score: number }>(
    db,
    sql`select s.id as face_id, s.score, p.id, p.name, p.external_id
        from (select id, score, person_id from samples where score < ${QUALITY_RANGE.fair.from}
              order by score, id limit ${LOOKED_THROUGH}) as s
        join people p on p.id = s.person_id
        where ${notKept('poor', sql`s.id::text`)}
        order by s.score, s.id limit ${REVIEW_LIMIT}`,
  );
}

/** Returns people with one sample, among the newest. */
export function peopleWithOne(db: Database) {
  return queryRows<PersonRow & { face_id: number | string }>(
    db,
    sql`select p.id, p.name, p.external_id, counted.face_id
        from (select id, name, external_id from people order by id desc limit ${LOOKED_THROUGH}) as p
        cross join lateral (
          select min(id) as face_id, count(*) as samples
          from (select id from samples where person_id = p.id order by id limit 2) as two
        ) as counted
        where counted.samples = 1 and ${notKept('single', sql`p.id::text`)}
        order by p.id desc limit ${REVIEW_LIMIT}`,
  );
}

/** Returns people whose consent has ended or ends soon, the earliest end first. */
export function consentEnding(db: Database) {
  return queryRows<PersonRow & { until: string | Date }>(
    db,
    sql`select id, name, external_id, consent_until as until
        from (select * from people where consent_until < now() + ${`${CONSENT_DAYS} days`}::interval
              order by consent_until, id limit ${LOOKED_THROUGH}) as p
        where ${notKept('consent_ending', sql`p.id || ':' || extract(epoch from p.consent_until)::bigint`)}
        order by consent_until, id limit ${REVIEW_LIMIT}`,
  );
}

/** Returns people without consent, the newest first; none if consent is not recorded for anybody. */
export function consentMissing(db: Database) {
  return queryRows<PersonRow>(
    db,
    sql`select id, name, external_id
        from (select id, name, external_id from people where consent_given_at is null
                and (select consent_given_at from people order by consent_given_at limit 1) is not null
              order by id desc limit ${LOOKED_THROUGH}) as p
        where ${notKept('consent_missing', sql`p.id::text`)}
        order by id desc limit ${REVIEW_LIMIT}`,
  );
}

/** Returns the imports of the last 90 days with failed rows, the newest first. */
export function failedImports(db: Database) {
  return queryRows<{ id: number | string; name: string; failed: number | string; at: string | Date }>(
    db,
    sql`select i.id, i.name, counted.failed, i.created_at as at
        from (select id, name, created_at from imports where created_at > now() - interval '90 days'
              order by id desc limit ${LOOKED_THROUGH}) as i
        cross join lateral (
          select count(*) as failed
          from (select from import_rows where import_id = i.id and status = 'failed' limit ${LOOKED_THROUGH}) as failures
        ) as counted
        where counted.failed > 0 and ${notKept('import', sql`i.id || ':' || counted.failed`)}
        order by i.id desc limit ${REVIEW_LIMIT}`,
  );
}

/** Returns paired devices that are outdated, or had no contact for long. */
export function devicesInNeed(db: Database) {
  return queryRows<{
    id: number | string;
    name: string;
    outdated: boolean;
    seen: string | Date | null;
    subject: string;
  }>(
    db,
    sql`select * from (
          select id, name, outdated_since is not null as outdated, last_contact_at as seen,
            id || ':' || coalesce(extract(epoch from outdated_since)::bigint, extract(epoch from last_contact_at)::bigint, 0) as subject
          from devices
          where paired_at is not null and revoked_at is null
            and (outdated_since is not null or coalesce(last_contact_at, paired_at) < now() - ${`${SILENT_HOURS} hours`}::interval)
        ) as d
        where ${notKept('device', sql`d.subject`)}
        order by outdated desc, seen nulls first, id limit ${REVIEW_LIMIT}`,
  );
}
