import { and, eq, inArray, sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { people, personGroups } from '@/db/schema';
import { idArray } from '@/lib/server/feed/inGroups';
import type { FeedNumbers } from '@/lib/server/feed/withFeed';
import { renumberSamples } from '@/lib/server/people/renumberSamples';

/** People and groups. */
export interface Membership {
  personIds: readonly number[];
  groupIds: readonly number[];
}

/**
 * Adds people to groups. People and groups that do not exist are ignored. The samples of people who join get new numbers.
 * Runs inside a write.
 * @param options.noted whether `updated_at` of the people is set to now
 * @param options.renumbered false if the caller renumbers the samples
 * @returns ids of the people for whom something changed
 */
export async function joinGroups(
  tx: Database,
  numbers: FeedNumbers,
  { personIds, groupIds }: Membership,
  { noted = true, renumbered = true }: { noted?: boolean; renumbered?: boolean } = {},
): Promise<number[]> {
  if (personIds.length === 0 || groupIds.length === 0) return [];
  const added = await queryRows<{ person_id: number | string }>(
    tx,
    sql`insert into person_groups (person_id, group_id)
        select people.id, groups.id from people cross join groups
        where people.id = any(${idArray(personIds)}) and groups.id = any(${idArray(groupIds)})
        on conflict do nothing returning person_id`,
  );
  const changed = [...new Set(added.map(({ person_id }) => Number(person_id)))];
  if (noted) await noteChanged(tx, changed);
  if (renumbered) await renumberSamples(tx, numbers, changed);
  return changed;
}

/**
 * Removes people from groups. Their samples get new numbers, so that readers limited to these groups forget them. Runs inside
 * a write.
 * @returns ids of the people for whom something changed
 */
export async function leaveGroups(
  tx: Database,
  numbers: FeedNumbers,
  { personIds, groupIds }: Membership,
): Promise<number[]> {
  if (personIds.length === 0 || groupIds.length === 0) return [];
  const removed = await tx
    .delete(personGroups)
    .where(and(inArray(personGroups.personId, [...personIds]), inArray(personGroups.groupId, [...groupIds])))
    .returning({ personId: personGroups.personId });
  const changed = [...new Set(removed.map(({ personId }) => personId))];
  await noteChanged(tx, changed);
  await renumberSamples(tx, numbers, changed, { left: true });
  return changed;
}

/** Returns the ids of a person's groups. */
export async function groupIdsOf(tx: Database, personId: number): Promise<number[]> {
  const rows = await tx
    .select({ groupId: personGroups.groupId })
    .from(personGroups)
    .where(eq(personGroups.personId, personId));
  return rows.map(({ groupId }) => groupId);
}

async function noteChanged(tx: Database, personIds: readonly number[]): Promise<void> {
  if (personIds.length === 0) return;
  await tx
    .update(people)
    .set({ updatedAt: new Date() })
    .where(inArray(people.id, [...personIds]));
}
