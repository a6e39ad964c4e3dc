import { CROWDING_COEFFICIENTS, encodingToBytes } from '@kith/sdk';
import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { people, samples } from '@/db/schema';
import { withFeed } from '@/lib/server/feed/withFeed';
import { joinGroups } from '@/lib/server/people/groups/membership';
import { createGroup } from '@/lib/server/people/groups/store';
import { MODEL_ID } from '@/lib/shared/vision/types';

/** Synthetic samples with encodings: of person 1, 2, … of this database, or unassigned. */
export interface TestSample {
  personId: number | null;
  encoding: Float32Array;
}

/** Returns an encoding at distance `value` from the origin along one axis. */
export function encodingAt(value: number, axis = 0): Float32Array {
  return new Float32Array(128).fill(value, axis, axis + 1);
}

/**
 * Returns random encodings whose crowding takes every value: noise around multiples of the coefficients.
 * @param random from 0 to 1
 */
export function crowdedEncoding(random: () => number): Float32Array {
  const along = 1.2 * random();
  return Float32Array.from(CROWDING_COEFFICIENTS.linear, (value) => value * along + (random() - 0.5) * 0.1);
}

export async function insertPerson(db: Database, name: string): Promise<number> {
  const [person] = await db.insert(people).values({ name }).returning({ id: people.id });
  if (!person) throw new Error('the insert returned no person');
  return person.id;
}

/** Writes many people in one statement. Returns their ids, in order. */
export async function insertPeople(db: Database, count: number): Promise<number[]> {
  const rows = await queryRows<{ id: number | string }>(
    db,
    sql`insert into people (name) select 'P' || n from generate_series(1, ${count}) as n returning id`,
  );
  return rows.map(({ id }) => Number(id)).sort((a, b) => a - b);
}

/** Creates a group of people. Returns its id. */
export async function insertGroup(db: Database, name: string, personIds: readonly number[]): Promise<number> {
  const { id: groupId } = await createGroup(db, { name });
  await withFeed(db, (tx, numbers) => joinGroups(tx, numbers, { personIds, groupIds: [groupId] }));
  return groupId;
}

/** Writes many samples in one transaction, much faster than enrolling each. Returns their ids, in order. */
export async function insertSamples(db: Database, rows: readonly TestSample[]): Promise<number[]> {
  const ids: number[] = [];
  await withFeed(db, async (tx, numbers) => {
    // PostgreSQL accepts at most 65,535 parameters per statement.
    for (let start = 0; start < rows.length; start += 1000) {
      const batch = rows.slice(start, start + 1000);
      const updatedAts = numbers.take(batch.length);
      const inserted = await tx
        .insert(samples)
        .values(
          batch.map(({ personId, encoding }, i) => ({
            personId,
            encoding: encodingToBytes(encoding),
            model: MODEL_ID,
            position: { top: 0, left: 0, bottom: 100, right: 100 },
            quality: { score: 1, size: 100, sharpness: 1, presence: 1, pose: { yaw: 0, pitch: 0, roll: 0 } },
            updatedAt: updatedAts[i] as number,
          })),
        )
        .returning({ id: samples.id });
      ids.push(...inserted.map(({ id }) => id));
    }
  });
  return ids;
}
