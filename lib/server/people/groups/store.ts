import { and, asc, eq, gt, inArray, like, type SQL, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { isUniqueViolation } from '@/db/errors';
import { apiKeys, devices, type Group, groups, personGroups } from '@/db/schema';
import { type FeedNumbers, withFeed } from '@/lib/server/feed/withFeed';
import type { Caller } from '@/lib/server/people/ownership';
import { renumberSamples } from '@/lib/server/people/renumberSamples';
import { KithError } from '@/lib/shared/contract/errors';
import { groupKey, groupName } from '@/lib/shared/text/groupKey';
import { leaveGroups } from './membership';

/** Maximum number of members whose samples one transaction renumbers, because enrolment waits for it. */
const AT_ONCE = 500;

/** The fields of a group. Absent fields stay as they are. */
export interface GroupFields {
  name?: string | undefined;
  /** `#rrggbb`. */
  colour?: string | null | undefined;
  note?: string | null | undefined;
}

/** Returns groups by name, within the caller's limit. `search`: a part of the name, in upper or lower case. */
export function listGroups(
  db: Database,
  { search, caller }: { search?: string | undefined; caller: Caller },
): Promise<Group[]> {
  const { groups: limit = null } = caller;
  const part = search === undefined ? '' : groupKey(search);
  return db
    .select()
    .from(groups)
    .where(
      and(
        limit === null ? undefined : inArray(groups.id, [...limit]),
        part === '' ? undefined : like(groups.key, `%${part.replaceAll(/[\\%_]/g, '\\$&')}%`),
      ),
    )
    .orderBy(asc(groups.key));
}

/**
 * Returns a group by id.
 * @throws KithError NOT_FOUND
 */
export async function requireGroup(db: Database, groupId: number): Promise<Group> {
  const [group] = await db.select().from(groups).where(eq(groups.id, groupId));
  return group ?? notFound(groupId);
}

/** @throws KithError NOT_FOUND unless all groups exist */
export async function requireGroups(db: Database, groupIds: readonly number[]): Promise<void> {
  const ids = [...new Set(groupIds)];
  const found = await db.select({ id: groups.id }).from(groups).where(inArray(groups.id, ids));
  const known = new Set(found.map(({ id }) => id));
  const missing = ids.find((id) => !known.has(id));
  if (missing !== undefined) notFound(missing);
}

/**
 * Creates a group.
 * @throws KithError CONFLICT if another group has the name
 */
export async function createGroup(
  db: Database,
  { name, colour = null, note = null }: GroupFields & { name: string },
): Promise<Group> {
  const [created] = await db
    .insert(groups)
    .values({ name: groupName(name), key: groupKey(name), colour, note })
    .returning()
    .catch(conflict);
  if (!created) throw new Error('the new group was not returned');
  return created;
}

/**
 * Changes a group. With a name, the samples of its members get new numbers, because the feed includes it. That may take
 * several transactions; setting the same name again completes an interrupted change.
 * @throws KithError NOT_FOUND, CONFLICT
 */
export async function changeGroup(db: Database, groupId: number, fields: GroupFields): Promise<Group> {
  const { name, colour, note } = fields;
  const [changed] = await db
    .update(groups)
    .set({
      ...(name !== undefined && { name: groupName(name), key: groupKey(name) }),
      ...(colour !== undefined && { colour }),
      ...(note !== undefined && { note }),
      updatedAt: new Date(),
    })
    .where(eq(groups.id, groupId))
    .returning()
    .catch(conflict);
  if (!changed) notFound(groupId);
  if (name !== undefined) {
    await eachMembers(db, groupId, (tx, numbers, personIds) => renumberSamples(tx, numbers, personIds));
  }
  return changed;
}

/**
 * Deletes a group. Its people stay, and readers limited to the group forget them. Credentials limited to this group alone see
 * nobody afterwards. Repeating it after a failure continues the deletion.
 * @throws KithError NOT_FOUND
 */
export async function deleteGroup(db: Database, groupId: number): Promise<void> {
  await requireGroup(db, groupId);
  await eachMembers(db, groupId, (tx, numbers, personIds) =>
    leaveGroups(tx, numbers, { personIds, groupIds: [groupId] }),
  );
  await withFeed(db, async (tx, numbers) => {
    // People who joined meanwhile.
    const late = await membersAfter(tx, groupId, 0, undefined);
    await leaveGroups(tx, numbers, { personIds: late, groupIds: [groupId] });
    const without = (column: SQL) => sql`array_remove(${column}, ${groupId}::bigint)`;
    const limitedTo = (column: SQL) => sql`${column} @> array[${groupId}::bigint]`;
    for (const table of [apiKeys, devices]) {
      const column = sql`${table.groupIds}`;
      await tx
        .update(table)
        .set({ groupIds: without(column) })
        .where(limitedTo(column));
    }
    await tx.delete(groups).where(eq(groups.id, groupId));
  });
}

/** Calls `work` for all members by ascending id, in portions, each in a write of its own. */
async function eachMembers(
  db: Database,
  groupId: number,
  work: (tx: Database, numbers: FeedNumbers, personIds: number[]) => Promise<unknown>,
): Promise<void> {
  for (let after = 0; ; ) {
    const portion = await withFeed(db, async (tx, numbers) => {
      const personIds = await membersAfter(tx, groupId, after, AT_ONCE);
      await work(tx, numbers, personIds);
      return personIds;
    });
    if (portion.length < AT_ONCE) return;
    after = portion.at(-1) as number;
  }
}

async function membersAfter(
  tx: Database,
  groupId: number,
  after: number,
  limit: number | undefined,
): Promise<number[]> {
  const query = tx
    .select({ personId: personGroups.personId })
    .from(personGroups)
    .where(and(eq(personGroups.groupId, groupId), gt(personGroups.personId, after)))
    .orderBy(asc(personGroups.personId))
    .$dynamic();
  const rows = await (limit === undefined ? query : query.limit(limit));
  return rows.map(({ personId }) => personId);
}

function conflict(error: unknown): never {
  if (!isUniqueViolation(error)) throw error;
  throw new KithError('CONFLICT', 'name is taken by another group.', { cause: error, details: { field: 'name' } });
}

function notFound(groupId: number): never {
  throw new KithError('NOT_FOUND', `There is no group ${groupId}.`);
}
