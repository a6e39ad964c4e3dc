import { and, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { type Person, people, samples } from '@/db/schema';
import { inGroups } from '@/lib/server/feed/inGroups';
import { KithError } from '@/lib/shared/contract/errors';

/** On whose behalf something is read or written. */
export interface Caller {
  /** Whose credentials, such as `device:3` or `key:12`; null: the server itself. */
  id: string | null;
  /** Whether only what these credentials added may be read, changed and deleted (scope `faces:enrol`). */
  onlyOwn: boolean;
  /** Ids of the groups whose people these credentials are limited to; null or absent: not limited. */
  groups?: readonly number[] | null;
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

/** Whether the caller may touch everything. */
export const isFree = ({ onlyOwn, groups }: Caller): boolean => !onlyOwn && (groups ?? null) === null;

/** True of a person whom the caller may touch: their own where only that is allowed, in their groups where they are limited. */
function isTouchablePerson(caller: Caller): SQL | undefined {
  const { onlyOwn, groups = null } = caller;
  return and(onlyOwn ? isOwnPerson(caller) : undefined, groups === null ? undefined : inGroups(people.id, groups));
}

/** Those of the people that the caller may touch. */
export async function touchablePeople(
  db: Database,
  caller: Caller,
  personIds: readonly number[],
): Promise<Set<number>> {
  if (isFree(caller)) return new Set(personIds);
  if (personIds.length === 0) return new Set();
  const found = await db
    .select({ id: people.id })
    .from(people)
    .where(and(inArray(people.id, [...personIds]), isTouchablePerson(caller)));
  return new Set(found.map(({ id }) => id));
}

/**
 * Those of the samples that the caller may touch. A sample that has since become somebody else's, by moving it or by
 * merging people, is no longer its adder's: replacing its picture would change whom others recognise. A sample of nobody is
 * in no group.
 */
export async function touchableSamples(db: Database, caller: Caller, faceIds: readonly number[]): Promise<Set<number>> {
  if (isFree(caller)) return new Set(faceIds);
  const { id, onlyOwn, groups = null } = caller;
  if (faceIds.length === 0 || (onlyOwn && id === null)) return new Set();
  const ofNobody = groups === null ? isNull(samples.personId) : undefined;
  const found = await db
    .select({ id: samples.id })
    .from(samples)
    .leftJoin(people, eq(people.id, samples.personId))
    .where(
      and(
        inArray(samples.id, [...faceIds]),
        onlyOwn && id !== null ? eq(samples.addedBy, id) : undefined,
        or(ofNobody, isTouchablePerson(caller)),
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
  if (isFree(caller) || named.length === 0) return;
  const touchable = await touchablePeople(
    db,
    caller,
    named.map(({ id }) => id),
  );
  if (named.every(({ id }) => touchable.has(id))) return;
  if (!caller.onlyOwn) {
    throw new KithError(
      'FORBIDDEN',
      `${field} is taken by somebody outside the groups that these credentials are limited to. Choose another one, or use credentials without that limit.`,
      { details: { field } },
    );
  }
  throw new KithError(
    'FORBIDDEN',
    `${field} is taken by somebody whom others added. With faces:enrol, samples are added to new people only, and to those that the same credentials added. Choose another one, or add the sample with faces:write.`,
    { details: { field, scope: 'faces:write' } },
  );
}
