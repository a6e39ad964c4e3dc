import { randomUUID } from 'node:crypto';
import { and, eq, isNull, lt, or, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { type IdempotencyKey, type IdempotentOutcome, idempotencyKeys } from '@/db/schema';
import { KithError } from '@/lib/shared/contract/errors';

/** Hours for which a key returns its first response. */
export const KEPT_HOURS = 24;

/** How long an attempt owns a key, in seconds. Then the next attempt gets it, in case the server is gone. */
const HELD_SECONDS = 60;

/** Seconds after which a caller should retry if an attempt is running. */
const RETRY_SECONDS = 1;

export interface KeyedRequest {
  keyHash: string;
  operation: string;
  fingerprint: string;
}

/** Either this attempt owns the key now, or the key was used before. */
export type Claim = { holder: string } | { outcome: IdempotentOutcome };

const heldUntil = sql`clock_timestamp() + make_interval(secs => ${HELD_SECONDS})`;
const isOver = or(
  and(isNull(idempotencyKeys.outcome), lt(idempotencyKeys.heldUntil, sql`clock_timestamp()`)),
  lt(idempotencyKeys.createdAt, sql`clock_timestamp() - make_interval(hours => ${KEPT_HOURS})`),
);

/**
 * Claims a key for one attempt. Of simultaneous attempts, on whichever servers, the database lets one succeed.
 * @throws KithError CONFLICT: the key was sent with another request, or its request is running (with `Retry-After`)
 */
export async function claimKey(db: Database, request: KeyedRequest): Promise<Claim> {
  const holder = randomUUID();
  // One statement: takes the key if it is new, was abandoned by an attempt, or has expired.
  const [claimed] = await db
    .insert(idempotencyKeys)
    .values({ ...request, holder, heldUntil })
    .onConflictDoUpdate({
      target: idempotencyKeys.keyHash,
      set: { ...request, holder, heldUntil, outcome: null, createdAt: sql`clock_timestamp()` },
      setWhere: isOver,
    })
    .returning({ holder: idempotencyKeys.holder });
  if (claimed) return { holder };
  const [before] = await db.select().from(idempotencyKeys).where(eq(idempotencyKeys.keyHash, request.keyHash));
  return { outcome: outcomeOf(before, request) };
}

function outcomeOf(before: IdempotencyKey | undefined, { operation, fingerprint }: KeyedRequest): IdempotentOutcome {
  if (before && (before.operation !== operation || before.fingerprint !== fingerprint)) {
    throw new KithError('CONFLICT', 'Idempotency-Key was sent with another request. Make a new key for each.', {
      details: { field: 'Idempotency-Key' },
    });
  }
  // Without a row, the previous attempt has just failed and released the key.
  if (!before?.outcome) {
    throw new KithError('CONFLICT', 'The request with this Idempotency-Key is still under way. Ask again shortly.', {
      details: { field: 'Idempotency-Key' },
      retryAfterSeconds: RETRY_SECONDS,
    });
  }
  return before.outcome;
}

/** Releases a key whose attempt wrote nothing, so that its request may be sent again. */
export async function releaseKey(
  db: Database,
  { keyHash, holder }: { keyHash: string; holder: string },
): Promise<void> {
  await db
    .delete(idempotencyKeys)
    .where(
      and(eq(idempotencyKeys.keyHash, keyHash), eq(idempotencyKeys.holder, holder), isNull(idempotencyKeys.outcome)),
    );
}
