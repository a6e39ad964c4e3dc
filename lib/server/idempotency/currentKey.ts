import { AsyncLocalStorage } from 'node:async_hooks';
import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { type IdempotentOutcome, idempotencyKeys } from '@/db/schema';
import { processWide } from '@/lib/server/platform/processWide';
import { KithError } from '@/lib/shared/contract/errors';

/** The key that the request under way was sent with, claimed for it. */
export interface CurrentKey {
  keyHash: string;
  /** This attempt's claim of it. */
  holder: string;
  /** What `remember` has gathered; with what `settle` adds it is what the answer is made of again. */
  outcome: IdempotentOutcome;
  settled: boolean;
}

/** Where a write, however deep in the call of a route, finds its request's key. */
const storage = () => processWide('idempotencyKey', () => new AsyncLocalStorage<CurrentKey>());

/** Runs the work of a request that has claimed `key`. */
export function withKey<T>(key: CurrentKey, work: () => Promise<T>): Promise<T> {
  return storage().run(key, work);
}

/** Adds to what the answer of this request is made of again. Ids and counts only; does nothing without a key. */
export function remember(part: IdempotentOutcome): void {
  const key = storage().getStore();
  if (key && !key.settled) Object.assign(key.outcome, part);
}

/**
 * Notes, in the transaction of a write itself, that the request's key has had its effect: both are kept, or neither,
 * whenever the process ends. Does nothing for a request without a key.
 * @param part what the answer is made of again: ids and counts, never a name or an encoding
 * @throws KithError CONFLICT where another attempt has taken the key over meanwhile; the transaction must then fail
 */
export async function settle(tx: Database, part: IdempotentOutcome): Promise<void> {
  const key = storage().getStore();
  if (!key || key.settled) return;
  remember(part);
  const kept = await tx
    .update(idempotencyKeys)
    .set({ outcome: key.outcome })
    .where(
      and(
        eq(idempotencyKeys.keyHash, key.keyHash),
        eq(idempotencyKeys.holder, key.holder),
        isNull(idempotencyKeys.outcome),
      ),
    )
    .returning({ keyHash: idempotencyKeys.keyHash });
  if (kept.length === 0) {
    throw new KithError('CONFLICT', 'This request took too long, and was sent again with its Idempotency-Key since.');
  }
  key.settled = true;
}
