import { availableParallelism } from 'node:os';
import { FairShare } from '@/lib/server/platform/FairShare';
import { metrics } from '@/lib/server/platform/metrics';
import { processWide } from '@/lib/server/platform/processWide';
import { KithError } from '@/lib/shared/contract/errors';

/** Pictures that are really being worked on at a time; everything admitted beyond waits. */
const WORKING = Math.max(2, availableParallelism());

/**
 * Admits a request that carries pictures, before its body is read: memory is bounded by what is admitted, not by what
 * is sent. Each owner has a share, so that one whose uploads stand still, or whose image hosts are slow, leaves places
 * for the others.
 * @param queue how many may wait (INFERENCE_QUEUE)
 * @param owner who asks ({@link ownerOf})
 * @returns gives the place back
 * @throws KithError OVERLOADED when the queue is full, or the owner's share of it
 */
export function admit({ queue, owner }: { queue: number; owner: string }): () => void {
  const places = processWide('admission', () => new FairShare());
  if (!places.take(owner, 1, queue + WORKING)) {
    throw new KithError('OVERLOADED', 'Too many pictures are waiting. Try again shortly.', { retryAfterSeconds: 1 });
  }
  metrics().admitted.set(places.total);
  let released = false;
  return () => {
    if (released) return;
    released = true;
    places.giveBack(owner, 1);
    metrics().admitted.set(places.total);
  };
}
