import { inArray } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { groups } from '@/db/schema';
import type { Caller } from '@/lib/server/people/ownership';
import { KithError } from '@/lib/shared/contract/errors';
import { groupKey, groupName } from '@/lib/shared/text/groupKey';

/**
 * Returns the ids of the groups with these names, in any order. Groups outside the caller's limit do not exist for it.
 * @throws KithError NOT_FOUND with the name of a missing group
 */
export async function groupsNamed(db: Database, names: readonly string[], caller: Caller): Promise<number[]> {
  const found = await visibleGroups(db, names, caller);
  const missing = names.find((name) => !found.has(groupKey(name)));
  if (missing !== undefined) throw noSuchGroup(missing);
  return [...found.values()];
}

/**
 * Does the same, and creates missing groups. Runs inside a write, whose lock prevents two writes from creating the same group.
 * @throws KithError NOT_FOUND if a group is missing and the caller is limited to groups, because it may not create any;
 * FORBIDDEN if the caller is limited to what it added but not to groups, because it would choose who else recognises its
 * people
 */
export async function groupsNamedOrMade(tx: Database, names: readonly string[], caller: Caller): Promise<number[]> {
  const limited = (caller.groups ?? null) !== null;
  if (caller.onlyOwn && !limited) {
    throw new KithError('FORBIDDEN', 'Putting people into groups needs the scope faces:write.', {
      details: { scope: 'faces:write' },
    });
  }
  if (limited || names.length === 0) return groupsNamed(tx, names, caller);
  return [...(await makeMissing(tx, names)).values()];
}

/** Finds or creates groups. Returns their ids by the `groupKey` of their names. Runs inside a write. */
export async function makeMissing(tx: Database, names: readonly string[]): Promise<Map<string, number>> {
  const found = await groupsByKey(tx, names.map(groupKey));
  const missing = new Map(
    names.map((name) => [groupKey(name), groupName(name)]).filter(([key = '']) => !found.has(key)) as [
      string,
      string,
    ][],
  );
  if (missing.size === 0) return found;
  const made = await tx
    .insert(groups)
    .values([...missing].map(([key, name]) => ({ key, name })))
    .returning({ id: groups.id, key: groups.key });
  for (const { key, id } of made) found.set(key, id);
  return found;
}

async function visibleGroups(db: Database, names: readonly string[], caller: Caller): Promise<Map<string, number>> {
  const found = await groupsByKey(db, names.map(groupKey));
  const { groups: limit = null } = caller;
  return limit === null ? found : new Map([...found].filter(([, id]) => limit.includes(id)));
}

async function groupsByKey(db: Database, keys: readonly string[]): Promise<Map<string, number>> {
  if (keys.length === 0) return new Map();
  const rows = await db
    .select({ id: groups.id, key: groups.key })
    .from(groups)
    .where(inArray(groups.key, [...new Set(keys)]));
  return new Map(rows.map(({ key, id }) => [key, id]));
}

const noSuchGroup = (name: string) =>
  new KithError('NOT_FOUND', `groups must name groups that exist: there is no group ${JSON.stringify(name)}.`, {
    details: { field: 'groups' },
  });
