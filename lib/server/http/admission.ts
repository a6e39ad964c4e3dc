import { availableParallelism } from 'node:os';
import { metrics } from '@/lib/server/platform/metrics';
import { processWide } from '@/lib/server/platform/processWide';
import { KithError } from '@/lib/shared/contract/errors';

/** Pictures that are really being worked on at a time; everything admitted beyond waits. */
const WORKING = Math.max(2, availableParallelism());

/**
 * Admits a request that carries pictures, before its body is read: memory is bounded by what is admitted, not by what
 * is sent.
 * @param queue how many may wait (INFERENCE_QUEUE)
 * @returns gives the place back
 * @throws KithError OVERLOADED when the queue is full
 */
export function admit({ queue }: { queue: number }): () => void {
  const state = processWide('admission', () => ({ admitted: 0 }));
  if (state.admitted >= queue + WORKING) {
    throw new KithError('OVERLOADED', 'Too many pictures are waiting. Try again shortly.', { retryAfterSeconds: 1 });
  }
  state.admitted++;
  metrics().admitted.set(state.admitted);
  let released = false;
  return () => {
    if (released) return;
    released = true;
    state.admitted--;
    metrics().admitted.set(state.admitted);
  };
}
