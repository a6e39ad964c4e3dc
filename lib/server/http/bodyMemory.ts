import { getHeapStatistics } from 'node:v8';
import { FairShare } from '@/lib/server/platform/FairShare';
import { processWide } from '@/lib/server/platform/processWide';
import { KithError } from '@/lib/shared/contract/errors';

/** The part of the heap that bodies may take: a picture in JSON is held as bytes, as text and as the parsed field. */
const SHARE = 1 / 8;

/** What one request holds of the memory for bodies. */
export interface HeldMemory {
  /** @throws KithError OVERLOADED when the bodies of all requests together are too large */
  add(bytes: number): void;
  release(): void;
}

/**
 * Bounds what the bodies of all requests take together, and those of one owner. How many requests are admitted bounds it
 * too, but not enough: sixty-six `data:` URLs of 20 MB are more than the heap of a small machine.
 */
export function holdBodyMemory(options: { owner: string; limit?: number }): HeldMemory {
  const { owner, limit = getHeapStatistics().heap_size_limit * SHARE } = options;
  const bodies = processWide('bodyMemory', () => new FairShare());
  let held = 0;
  return {
    add(bytes) {
      // One body alone is bounded by its own limit, and must not be refused for ever.
      if (bodies.total === held) bodies.add(owner, bytes);
      else if (!bodies.take(owner, bytes, limit)) {
        throw new KithError('OVERLOADED', 'Too many large requests at once. Try again shortly.', {
          retryAfterSeconds: 1,
        });
      }
      held += bytes;
    },
    release() {
      bodies.giveBack(owner, held);
      held = 0;
    },
  };
}
