import type { FeedSink } from '@kith/sdk';
import { broadcast } from '@/lib/phone/store/phone';

/**
 * Reads the gallery anew where the groups that this phone is limited to have changed: the feed tells only what changed of
 * the samples. What the phone may still have stays searchable meanwhile; what it may not is erased first.
 */
export async function followLimit(gallery: FeedSink, before: string[] | null, now: string[] | null): Promise<void> {
  if (JSON.stringify(before) === JSON.stringify(now)) return;
  const isWider = before !== null && (now === null || before.every((name) => now.includes(name)));
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
