import type { FeedSink } from '@kith/sdk';
import { broadcast, type Phone } from '@/lib/phone/store/phone';
import type { ServerSettings } from '@/lib/phone/store/records';

type Limit = Pick<ServerSettings, 'groups' | 'group_ids'>;

/**
 * Reads the gallery again if the groups that this phone is limited to have changed, because the feed reports only
 * changes of samples. With wider groups, the stored faces stay searchable meanwhile. With other groups, they are erased
 * first. A renamed group is the same group: the feed has its new name.
 * Until an erased gallery is read to its end, a face that matches nobody stays undecided, as before the first sync.
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
  // Before the gallery is emptied, so that no reader takes the empty gallery for complete.
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

/** Returns whether all of the groups are among the others; null means everybody. */
function isWithin(groups: (string | number)[] | null, others: (string | number)[] | null): boolean {
  return others === null || (groups?.every((group) => others.includes(group)) ?? false);
}
