import { encodingToBase64 } from '@kith/sdk';
import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { people, samples } from '@/db/schema';
import { withFeed } from '@/lib/server/feed/withFeed';
import { wordsOfValues } from '@/lib/server/lists/words';
import { wordsOfPerson } from '@/lib/server/people/personOf';
import { MODEL_ID } from '@/lib/shared/vision/types';
import { type DemoPerson, demoPeople } from './demoPeople';

/** People per write: the feed's lock is then held for half a second. */
const BATCH = 1_000;
/** The recognitions are spread over this many days. */
const EVENT_DAYS = 14;
/** One in this many recognitions is of an unknown person. */
const UNKNOWN_EVERY = 5;

/** The database is not empty, so demo people would be mixed with real data. */
export class NotEmptyError extends Error {
  override readonly name = 'NotEmptyError';
}

export interface FillOptions {
  people: number;
  /** Default 3. */
  samplesEach?: number;
  /** Recognitions per person; default 1. */
  eventsEach?: number;
  /** Allows a database that is not empty. */
  add?: boolean;
  onProgress?: (people: number) => void;
}

/**
 * Fills a database with synthetic people, for tests of scale. The data is marked: each external id begins with `demo-`,
 * and each sample has the attribute `demo: true`.
 * @throws NotEmptyError unless the database is empty or `add` is set
 */
export async function fillDatabase(db: Database, options: FillOptions): Promise<void> {
  const { samplesEach = 3, eventsEach = 1, add = false, onProgress } = options;
  if (!add && ((await db.$count(people)) > 0 || (await db.$count(samples)) > 0)) {
    throw new NotEmptyError('There are people or samples already');
  }
  const before = await demoPeopleThere(db);
  const source = demoPeople({ seed: before + 1, samplesEach });
  for (let done = 0; done < options.people; done += BATCH) {
    const size = Math.min(BATCH, options.people - done);
    const batch = Array.from({ length: size }, () => source.next().value);
    await insertBatch(db, batch, { firstNumber: before + done + 1, eventsEach });
    onProgress?.(done + size);
  }
}

async function demoPeopleThere(db: Database): Promise<number> {
  const [found] = await queryRows<{ last: number | string }>(
    db,
    sql`select coalesce(max(substring(external_id from '^demo-(\\d{1,9})$')::int), 0) as last from people
        where external_id like 'demo-%'`,
  );
  return Number(found?.last ?? 0);
}

/**
 * Rows are sent as one JSON text per table: one parameter per value would exceed the limit of a statement, and would be
 * slow.
 */
async function insertBatch(
  db: Database,
  batch: DemoPerson[],
  { firstNumber, eventsEach }: { firstNumber: number; eventsEach: number },
): Promise<void> {
  const rows = batch.map(({ name }, i) => {
    const externalId = `demo-${firstNumber + i}`;
    return { external_id: externalId, name, words: tsvector(wordsOfPerson({ name, externalId })) };
  });
  await withFeed(db, async (tx, numbers) => {
    const inserted = await queryRows<{ id: number | string; external_id: string }>(
      tx,
      sql`insert into people (external_id, name, words)
          select external_id, name, words::tsvector
          from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(external_id text, name text, words text)
          returning id, external_id`,
    );
    const ids = new Map(inserted.map(({ id, external_id }) => [external_id, Number(id)]));
    const faces = batch.flatMap((person, i) => {
      const { external_id } = rows[i] as (typeof rows)[number];
      const uniqueArgs = { user_id: external_id, user_name: person.name, department: person.department, demo: true };
      const words = tsvector(wordsOfValues(uniqueArgs));
      return person.samples.map(({ encoding, score, side }) => ({
        person_id: ids.get(external_id),
        encoding: encodingToBase64(encoding),
        unique_args: uniqueArgs,
        words,
        position: { top: 40, left: 40, bottom: 40 + side, right: 40 + side },
        quality: { score, size: side, sharpness: score, presence: 1, pose: { yaw: 0, pitch: 0, roll: 0 } },
      }));
    });
    const updatedAts = numbers.take(faces.length);
    const numbered = faces.map((face, i) => ({ ...face, updated_at: updatedAts[i] }));
    await tx.execute(
      sql`with made as (
            insert into samples (person_id, encoding, model, unique_args, words, position, quality, updated_at)
            select person_id, decode(encoding, 'base64'), ${MODEL_ID}, unique_args, words::tsvector, position, quality,
              updated_at
            from jsonb_to_recordset(${JSON.stringify(numbered)}::jsonb) as x(person_id bigint, encoding text,
              unique_args jsonb, words text, position jsonb, quality jsonb, updated_at bigint)
            returning id, person_id
          ), seen as (
            select person_id, min(id) as face_id from made group by person_id
          )
          insert into events (id, at, device_at, face_id, person_id, trust, liveness)
          select gen_random_uuid(), at, at, case when known then face_id end, case when known then person_id end,
            case when known then 75 + 25 * random() else 40 * random() end, 'passed'
          from seen, generate_series(1, ${eventsEach}) as nth,
            lateral (select now() - random() * ${`${EVENT_DAYS} days`}::interval as at,
              (face_id + nth) % ${UNKNOWN_EVERY} <> 0 as known) as drawn`,
    );
  });
}

/** Formats words as a PostgreSQL tsvector literal. */
const tsvector = (words: readonly string[]) => words.map((word) => `'${word}'`).join(' ');
