import { inArray } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { groups, personGroups } from '@/db/schema';
import type { FeedNumbers } from '@/lib/server/feed/withFeed';
import type { Caller } from '@/lib/server/people/ownership';
import { KithError } from '@/lib/shared/contract/errors';
import { groupsNamedOrMade } from './groupsNamed';
import { groupIdsOf, joinGroups, leaveGroups } from './membership';

/**
 * Adds people to the groups that a caller names for them. If the caller is limited to groups, people who are then in none of
 * them join all of them. Runs inside a write.
 * @throws KithError NOT_FOUND if a group is missing; FORBIDDEN if a caller with `faces:enrol` and no limit names groups, or if
 * the caller's groups were deleted
 */
export async function joinOwnGroups(
  tx: Database,
  numbers: FeedNumbers,
  {
    personIds,
    names = [],
    caller,
  }: { personIds: readonly number[]; names?: readonly string[] | undefined; caller: Caller },
): Promise<void> {
  const limit = caller.groups ? await existing(tx, caller.groups) : null;
  if (names.length > 0) {
    await joinGroups(tx, numbers, { personIds, groupIds: await groupsNamedOrMade(tx, names, caller) });
  }
  if (limit === null || personIds.length === 0) return;
  if (limit.length === 0)
    throw new KithError('FORBIDDEN', 'The groups that these credentials were limited to have been deleted.');
  const rows = await tx
    .select({ personId: personGroups.personId, groupId: personGroups.groupId })
    .from(personGroups)
    .where(inArray(personGroups.personId, [...personIds]));
  const inside = new Set(rows.flatMap(({ personId, groupId }) => (limit.includes(groupId) ? [personId] : [])));
  const outside = personIds.filter((id) => !inside.has(id));
  await joinGroups(tx, numbers, { personIds: outside, groupIds: limit });
}

/**
 * Sets the groups of a person. A caller limited to groups does not change membership in others. Runs inside a write.
 * @throws KithError NOT_FOUND if a group is missing; BAD_REQUEST if a limited caller could no longer see the person; FORBIDDEN
 * for a caller with `faces:enrol` and no limit
 */
export async function changeGroupsOf(
  tx: Database,
  numbers: FeedNumbers,
  { personId, names, caller }: { personId: number; names: readonly string[]; caller: Caller },
): Promise<void> {
  const { groups: limit = null } = caller;
  const wanted = await groupsNamedOrMade(tx, names, caller);
  if (limit !== null && wanted.length === 0) {
    throw new KithError(
      'BAD_REQUEST',
      'groups must name at least one group, because these credentials are limited to groups.',
      { details: { field: 'groups' } },
    );
  }
  const before = await groupIdsOf(tx, personId);
  const left = before.filter((id) => !wanted.includes(id) && (limit === null || limit.includes(id)));
  await joinGroups(tx, numbers, { personIds: [personId], groupIds: wanted });
  await leaveGroups(tx, numbers, { personIds: [personId], groupIds: left });
}

/** Returns the groups that exist. Others may have been deleted since the credentials were read. */
async function existing(tx: Database, groupIds: readonly number[]): Promise<number[]> {
  const found = await tx
    .select({ id: groups.id })
    .from(groups)
    .where(inArray(groups.id, [...groupIds]));
  return found.map(({ id }) => id);
}
