import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { people } from '@/db/schema';
import type { EncodedSample } from '@/lib/server/people/agreement';
import { oldestSamples } from '@/lib/server/people/samples/oldestSamples';

/** People looked at, at most: 1 in 1,000 is then seen once, and the work is the same for any gallery. */
const MOST_PEOPLE = 1_000;
/** Places of a large gallery that they are taken from. */
const PLACES = 100;
/** Samples of each person that are compared with each other. */
const OF_EACH = 8;

/** A person with samples that the model in use can compare. */
export interface SurveyedPerson {
  personId: number;
  /** By id, ascending; at least one. */
  samples: EncodedSample[];
}

/**
 * Returns the ids of the people to look at: all, or 1,000 from 100 places of a larger gallery.
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

/** Reads up to eight samples of each of these people. Who has none is left out. */
export async function readSurveyed(db: Database, ids: readonly number[]): Promise<SurveyedPerson[]> {
  return [...(await oldestSamples(db, ids, OF_EACH))].map(([personId, samples]) => ({ personId, samples }));
}
