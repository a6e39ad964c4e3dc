import { AsyncLocalStorage } from 'node:async_hooks';
import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { type IdempotentOutcome, idempotencyKeys } from '@/db/schema';
import { processWide } from '@/lib/server/platform/processWide';
import { KithError } from '@/lib/shared/contract/errors';

/** The key of the running request, claimed for it. */
export interface CurrentKey {
  keyHash: string;
  /** This attempt's claim of the key. */
  holder: string;
  /** What `remember` has collected. Together with the part that `settle` adds, the response is rebuilt from it. */
  outcome: IdempotentOutcome;
  settled: boolean;
}

/** Makes the request's key available to a write, however deep in the call it is. */
const storage = () => processWide('idempotencyKey', () => new AsyncLocalStorage<CurrentKey>());

/** Runs the work of a request that has claimed `key`. */
export function withKey<T>(key: CurrentKey, work: () => Promise<T>): Promise<T> {
  return storage().run(key, work);
}

/** Adds to what the response of this request is rebuilt from: ids and counts only. Without a key it does nothing. */
export function remember(part: IdempotentOutcome): void {
  const key = storage().getStore();
  if (key && !key.settled) Object.assign(key.outcome, part);
}

/**
 * Stores, in the transaction of the write itself, that the request's key was used. Both are stored or neither, whenever
 * the process ends. Without a key it does nothing.
 * @param part what the response is rebuilt from: ids and counts, never a name or an encoding
 * @throws KithError CONFLICT if another attempt has taken the key over; the transaction must then fail
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
