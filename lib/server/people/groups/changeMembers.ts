import type { Database } from '@/db/client';
import { type FeedNumbers, withFeed } from '@/lib/server/feed/withFeed';
import { listPeople } from '@/lib/server/people/listPeople';
import { joinGroups, leaveGroups } from './membership';
import { requireGroup } from './store';

/** People of one transaction: enrolment waits for it. */
const AT_ONCE = 200;

export interface MemberChange {
  groupId: number;
  /** Whether they are in the group afterwards. */
  member: boolean;
  /** These people, or all of a list. */
  who: { personIds: readonly number[] } | { search?: string | undefined; groupId?: number | undefined };
}

/**
 * Puts people into a group, or takes them out: in one transaction up to 200 people, in several beyond. Repeating it changes
 * nothing. Throws NOT_FOUND.
 * @returns how many people were not in, or were in, before
 */
export async function changeMembers(db: Database, { groupId, member, who }: MemberChange): Promise<number> {
  await requireGroup(db, groupId);
  const change = member ? joinGroups : leaveGroups;
  let changed = 0;
  for await (const personIds of portions(db, who)) {
    changed += await withFeed(db, async (tx: Database, numbers: FeedNumbers) => {
      // It may be deleted meanwhile; the lock of the feed keeps it from then on.
      await requireGroup(tx, groupId);
      return (await change(tx, numbers, { personIds, groupIds: [groupId] })).length;
    });
  }
  return changed;
}

/** Ids of the people, portion by portion. A list is followed by its own cursor, which stays right when members leave it. */
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
