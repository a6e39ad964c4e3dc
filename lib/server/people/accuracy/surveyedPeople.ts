import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { people } from '@/db/schema';
import type { EncodedSample } from '@/lib/server/people/agreement';
import { oldestSamples } from '@/lib/server/people/samples/oldestSamples';

/** Maximum number of people in a survey. A rate of 1 in 1,000 is seen once, and the work is the same for any gallery. */
const MOST_PEOPLE = 1_000;
/** Number of places in a large gallery that people are taken from. */
const PLACES = 100;
/** Maximum number of samples of each person that are compared. */
const OF_EACH = 8;

/** A person with samples of the current model. */
export interface SurveyedPerson {
  personId: number;
  /** By id, ascending; at least one. */
  samples: EncodedSample[];
}

/**
 * Returns the ids of the people to survey: all, or 1,000 from 100 places of a larger gallery.
 * @param random from 0 to 1
 */
export async function choosePeople(db: Database, random: () => number): Promise<number[]> {
  const all = await idsFrom(db, 0, MOST_PEOPLE + 1);
  if (all.length <= MOST_PEOPLE) return all;
  const [range] = await queryRows<{ most: number | string }>(db, sql`select max(${people.id}) as most from ${people}`);
  const [least, most] = [all[0] as number, Number(range?.most ?? 0)];
  const chosen = new Set<number>();
  for (let place = 0; place < PLACES; place++) {
    const start = least + Math.floor(((most - least) * (place + random())) / PLACES);
    for (const id of await idsFrom(db, start, MOST_PEOPLE / PLACES)) chosen.add(id);
  }
  return [...chosen];
}

async function idsFrom(db: Database, start: number, limit: number): Promise<number[]> {
  const rows = await queryRows<{ id: number | string }>(
    db,
    sql`select ${people.id} as id from ${people} where ${people.id} >= ${start} order by ${people.id} limit ${limit}`,
  );
  return rows.map(({ id }) => Number(id));
}

/** Reads up to eight samples of each person. People without samples are left out. */
export async function readSurveyed(db: Database, ids: readonly number[]): Promise<SurveyedPerson[]> {
  return [...(await oldestSamples(db, ids, OF_EACH))].map(([personId, samples]) => ({ personId, samples }));
}
