import { and, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { type Person, people, samples } from '@/db/schema';
import { inGroups } from '@/lib/server/feed/inGroups';
import { KithError } from '@/lib/shared/contract/errors';

/** On whose behalf a call reads or writes. */
export interface Caller {
  /** The credentials, such as `device:3` or `key:12`; null: the server itself. */
  id: string | null;
  /** Whether the credentials may only read, change and delete what they added (scope `faces:enrol`). */
  onlyOwn: boolean;
  /** Ids of the groups that the credentials are limited to; null or absent: not limited. */
  groups?: readonly number[] | null;
}

/** The server itself, for example for an import or a page of the console. */
export const THE_SERVER: Caller = { id: null, onlyOwn: false };

/** Condition: `caller` added the person and every sample of the person. After a merge, others may have added samples. */
function isOwnPerson({ id }: Caller): SQL | undefined {
  if (id === null) return sql`false`;
  return and(
    eq(people.addedBy, id),
    sql`not exists (select 1 from ${samples} as theirs where theirs.person_id = ${people.id} and theirs.added_by is distinct from ${id})`,
  );
}

/** Whether the caller may access everything. */
export const isFree = ({ onlyOwn, groups }: Caller): boolean => !onlyOwn && (groups ?? null) === null;

/** Condition: the caller may access the person. A caller may be limited to people that it added, and to groups. */
function isTouchablePerson(caller: Caller): SQL | undefined {
  const { onlyOwn, groups = null } = caller;
  return and(onlyOwn ? isOwnPerson(caller) : undefined, groups === null ? undefined : inGroups(people.id, groups));
}

/** Returns the people that the caller may access. */
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
 * Returns the samples that the caller may access. A sample that was moved or merged to another person is no longer its
 * adder's, because replacing its picture would change whom others recognise. An unassigned sample is in no group.
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

/** @throws KithError NOT_FOUND if the caller may not access the person, as if the person did not exist */
export async function requireTouchablePerson(db: Database, caller: Caller, personId: number): Promise<void> {
  if ((await touchablePeople(db, caller, [personId])).size === 0) {
    throw new KithError('NOT_FOUND', `There is no person ${personId}.`);
  }
}

/** @throws KithError NOT_FOUND if the caller may not access the sample, as if the sample did not exist */
export async function requireTouchableSample(db: Database, caller: Caller, faceId: number): Promise<void> {
  if ((await touchableSamples(db, caller, [faceId])).size === 0) {
    throw new KithError('NOT_FOUND', `There is no face ${faceId}.`);
  }
}

/**
 * Checks that the caller may add samples to these people.
 * @param field the field that named them, such as `unique_args.user_name`
 * @throws KithError FORBIDDEN if it may not
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
