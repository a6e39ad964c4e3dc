import { inArray } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { distinctPeople } from '@/db/schema';
import { settle } from '@/lib/server/idempotency/currentKey';
import { requirePerson } from '../personOf';

/** Returns a key for a pair of people, in either order. */
export function pairKey(one: number, other: number): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}

/**
 * Stores that two people are not the same. Repeating it changes nothing.
 * @throws KithError NOT_FOUND
 */
export async function markDistinct(db: Database, one: number, other: number): Promise<void> {
  const [personId, otherPersonId] = one < other ? [one, other] : [other, one];
  await db.transaction(async (tx) => {
    await requirePerson(tx, personId);
    await requirePerson(tx, otherPersonId);
    await tx.insert(distinctPeople).values({ personId, otherPersonId }).onConflictDoNothing();
    await settle(tx, {});
  });
}

/** Returns the pairs of these people that were marked as different, as keys of `pairKey`. */
export async function distinctAmong(db: Database, personIds: readonly number[]): Promise<Set<string>> {
  if (personIds.length === 0) return new Set();
  const rows = await db
    .select()
    .from(distinctPeople)
    .where(inArray(distinctPeople.personId, [...personIds]));
  return new Set(rows.map(({ personId, otherPersonId }) => pairKey(personId, otherPersonId)));
}
