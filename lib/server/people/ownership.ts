import { and, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { type Person, people, samples } from '@/db/schema';
import { KithError } from '@/lib/shared/contract/errors';

/** On whose behalf something is read or written. */
export interface Caller {
  /** Whose credentials, such as `device:3` or `key:12`; null: the server itself. */
  id: string | null;
  /** Whether only what these credentials added may be read, changed and deleted (scope `faces:enrol`). */
  onlyOwn: boolean;
}

/** The server's own work: an import, a page of the console. */
export const THE_SERVER: Caller = { id: null, onlyOwn: false };

/** True of a person whom `caller` added, and with them every sample they have: somebody merged with others is theirs too. */
function isOwnPerson({ id }: Caller): SQL | undefined {
  if (id === null) return sql`false`;
  return and(
    eq(people.addedBy, id),
    sql`not exists (select 1 from ${samples} as theirs where theirs.person_id = ${people.id} and theirs.added_by is distinct from ${id})`,
  );
}

/** Those of the people that the caller may touch. */
export async function touchablePeople(
  db: Database,
  caller: Caller,
  personIds: readonly number[],
): Promise<Set<number>> {
  if (!caller.onlyOwn) return new Set(personIds);
  if (personIds.length === 0) return new Set();
  const found = await db
    .select({ id: people.id })
    .from(people)
    .where(and(inArray(people.id, [...personIds]), isOwnPerson(caller)));
  return new Set(found.map(({ id }) => id));
}

/**
 * Those of the samples that the caller may touch. A sample that has since become somebody else's, by moving it or by
 * merging people, is no longer its adder's: replacing its picture would change whom others recognise.
 */
export async function touchableSamples(db: Database, caller: Caller, faceIds: readonly number[]): Promise<Set<number>> {
  if (!caller.onlyOwn || caller.id === null) return new Set(caller.onlyOwn ? [] : faceIds);
  if (faceIds.length === 0) return new Set();
  const found = await db
    .select({ id: samples.id })
    .from(samples)
    .leftJoin(people, eq(people.id, samples.personId))
    .where(
      and(
        inArray(samples.id, [...faceIds]),
        eq(samples.addedBy, caller.id),
        or(isNull(samples.personId), isOwnPerson(caller)),
      ),
    );
  return new Set(found.map(({ id }) => id));
}

/** Throws NOT_FOUND, as for a person that does not exist, when the caller may not touch this one. */
export async function requireTouchablePerson(db: Database, caller: Caller, personId: number): Promise<void> {
  if ((await touchablePeople(db, caller, [personId])).size === 0) {
    throw new KithError('NOT_FOUND', `there is no person ${personId}`);
  }
}

/** Throws NOT_FOUND, as for a sample that does not exist, when the caller may not touch this one. */
export async function requireTouchableSample(db: Database, caller: Caller, faceId: number): Promise<void> {
  if ((await touchableSamples(db, caller, [faceId])).size === 0) {
    throw new KithError('NOT_FOUND', `there is no face ${faceId}`);
  }
}

/**
 * Throws FORBIDDEN when samples are to be added to people whom others added.
 * @param field what named them, such as `unique_args.user_name`
 */
export async function requireTouchable(
  db: Database,
  caller: Caller,
  named: readonly Person[],
  field: string,
): Promise<void> {
  if (!caller.onlyOwn || named.length === 0) return;
  const touchable = await touchablePeople(
    db,
    caller,
    named.map(({ id }) => id),
  );
  if (named.every(({ id }) => touchable.has(id))) return;
  throw new KithError(
    'FORBIDDEN',
    `${field} is taken by somebody whom others added. With faces:enrol, samples are added to new people only, and to those that the same credentials added. Choose another one, or add the sample with faces:write.`,
    { details: { field, scope: 'faces:write' } },
  );
}
