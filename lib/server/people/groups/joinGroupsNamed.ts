import type { Database } from '@/db/client';
import type { FeedNumbers } from '@/lib/server/feed/withFeed';
import { groupKey } from '@/lib/shared/text/groupKey';
import { makeMissing } from './groupsNamed';
import { joinGroups } from './membership';

/**
 * Adds many people to the groups named for each of them. Creates missing groups. Runs inside a write.
 * @param options as those of {@link joinGroups}
 */
export async function joinGroupsNamed(
  tx: Database,
  numbers: FeedNumbers,
  joining: readonly { personId: number; names: readonly string[] }[],
  options?: { noted?: boolean },
): Promise<void> {
  const named = joining.filter(({ names }) => names.length > 0);
  if (named.length === 0) return;
  const ids = await makeMissing(
    tx,
    named.flatMap(({ names }) => names),
  );
  const members = new Map<number, number[]>();
  for (const { personId, names } of named) {
    for (const name of names) {
      const groupId = ids.get(groupKey(name)) as number;
      const joined = members.get(groupId) ?? [];
      joined.push(personId);
      members.set(groupId, joined);
    }
  }
  for (const [groupId, personIds] of members)
    await joinGroups(tx, numbers, { personIds, groupIds: [groupId] }, options);
}
