import type { Database } from '@/db/client';
import { type FeedNumbers, withFeed } from '@/lib/server/feed/withFeed';
import { listPeople } from '@/lib/server/people/listPeople';
import { joinGroups, leaveGroups } from './membership';
import { requireGroup } from './store';

/** Maximum number of people per transaction, because enrolment waits for it. */
const AT_ONCE = 200;

export interface MemberChange {
  groupId: number;
  /** True: they join the group. False: they leave it. */
  member: boolean;
  /** These people, or all people of a list. */
  who: { personIds: readonly number[] } | { search?: string | undefined; groupId?: number | undefined };
}

/**
 * Adds people to a group, or removes them, in transactions of up to 200 people. Repeating it changes nothing.
 * @returns how many people joined or left
 * @throws KithError NOT_FOUND
 */
export async function changeMembers(db: Database, { groupId, member, who }: MemberChange): Promise<number> {
  await requireGroup(db, groupId);
  const change = member ? joinGroups : leaveGroups;
  let changed = 0;
  for await (const personIds of portions(db, who)) {
    changed += await withFeed(db, async (tx: Database, numbers: FeedNumbers) => {
      // It may have been deleted meanwhile. From here on, the feed's lock prevents that.
      await requireGroup(tx, groupId);
      return (await change(tx, numbers, { personIds, groupIds: [groupId] })).length;
    });
  }
  return changed;
}

/** Yields the ids of the people in portions. A list is read by its cursor, which stays valid when members leave. */
async function* portions(db: Database, who: MemberChange['who']): AsyncGenerator<number[]> {
  if ('personIds' in who) {
    for (let start = 0; start < who.personIds.length; start += AT_ONCE) {
      yield who.personIds.slice(start, start + AT_ONCE);
    }
    return;
  }
  let cursor: string | undefined;
  do {
    const page = await listPeople(db, { search: who.search, groupId: who.groupId, limit: AT_ONCE, cursor });
    yield page.people.map(({ id }) => id);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
