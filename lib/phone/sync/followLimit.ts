import type { FeedSink } from '@kith/sdk';
import { broadcast, type Phone } from '@/lib/phone/store/phone';

/**
 * Reads the gallery anew where the groups that this phone is limited to have changed: the feed tells only what changed of
 * the samples. What the phone may still have stays searchable meanwhile; what it may not is erased first.
 * Until an emptied gallery is read to its end, a face that matches nobody stays undecided, as before the first sync.
 */
export async function followLimit(
  { gallery, records }: { gallery: Pick<FeedSink, 'write'>; records: Pick<Phone['records'], 'set'> },
  before: string[] | null,
  now: string[] | null,
): Promise<void> {
  if (JSON.stringify(before) === JSON.stringify(now)) return;
  const isWider = before !== null && (now === null || before.every((name) => now.includes(name)));
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
