import type { FeedSink } from '@kith/sdk';
import { broadcast, type Phone } from '@/lib/phone/store/phone';
import type { ServerSettings } from '@/lib/phone/store/records';

type Limit = Pick<ServerSettings, 'groups' | 'group_ids'>;

/**
 * Reads the gallery anew where the groups that this phone is limited to have changed: the feed tells only what changed of
 * the samples. What the phone may still have stays searchable meanwhile; what it may not is erased first. A group that is
 * renamed is the same group: the feed carries its new name.
 * Until an emptied gallery is read to its end, a face that matches nobody stays undecided, as before the first sync.
 */
export async function followLimit(
  { gallery, records }: { gallery: Pick<FeedSink, 'write'>; records: Pick<Phone['records'], 'set'> },
  before: Limit,
  now: Limit,
): Promise<void> {
  const areIdsKnown = before.group_ids !== undefined && now.group_ids !== undefined;
  const setOf = ({ groups = null, group_ids = null }: Limit): (string | number)[] | null =>
    areIdsKnown ? group_ids : groups;
  const [old, current] = [setOf(before), setOf(now)];
  if (isWithin(old, current) && isWithin(current, old)) return;
  const isWider = isWithin(old, current);
  // Before the gallery, so that nobody sees an empty gallery that counts as complete.
  if (!isWider) await records.set('sync', { succeededAt: null });
  await gallery.write({
    faces: [],
    deleted: [],
    target: isWider ? 'staged' : 'live',
    begins: true,
    publishes: false,
    position: { model: null, lastUpdatedAt: 0 },
  });
  if (!isWider) broadcast({ type: 'gallery' });
}

/** Whether all of the groups are among the others; null is everybody. */
function isWithin(groups: (string | number)[] | null, others: (string | number)[] | null): boolean {
  return others === null || (groups?.every((group) => others.includes(group)) ?? false);
}
