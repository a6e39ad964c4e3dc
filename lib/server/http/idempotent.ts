import { createHash } from 'node:crypto';
import { claimKey, releaseKey } from '@/lib/server/idempotency/claimKey';
import { type CurrentKey, withKey } from '@/lib/server/idempotency/currentKey';
import { fingerprint } from '@/lib/server/idempotency/fingerprint';
import type { Caller } from '@/lib/server/people/ownership';
import { database } from '@/lib/server/platform/database';
import { log } from '@/lib/server/platform/log';
import { KithError } from '@/lib/shared/contract/errors';
import type { Operation } from '@/lib/shared/contract/operation';
import { replay } from './replay';

/**
 * Any visible ASCII, such as a UUID or a hash. draft-ietf-httpapi-idempotency-key-header-07 leaves the form to the
 * server.
 */
const ACCEPTABLE = /^[\x21-\x7e]{1,255}$/;

interface KeyedCall {
  request: Request;
  caller: Caller;
  params: unknown;
  body: unknown;
}

/** The result of a call: done now, or (`replayed`) earlier under the same key. */
export interface Done<T> {
  result: T;
  replayed: boolean;
}

/**
 * Does the work of a call once for each `Idempotency-Key`. For 24 hours, the same request under the same key gets its
 * first response again. A failure is not stored, because it wrote nothing.
 * @throws KithError BAD_REQUEST for an invalid key; what `claimKey`, `replay` and `work` throw
 */
export async function idempotent<T>(
  operation: Operation,
  { request, caller, params, body }: KeyedCall,
  work: () => Promise<T>,
): Promise<Done<T>> {
  const given = operation.idempotent ? request.headers.get('idempotency-key') : null;
  if (given === null) return { result: await work(), replayed: false };
  if (!ACCEPTABLE.test(given)) {
    throw new KithError('BAD_REQUEST', 'Idempotency-Key must be 1 to 255 visible ASCII characters.', {
      details: { field: 'Idempotency-Key' },
    });
  }
  const db = await database();
  const keyHash = createHash('sha256').update(`${caller.id}\n${given}`).digest('hex');
  const asked = fingerprint({ params, body: withoutClock(body) });
  const claim = await claimKey(db, { keyHash, operation: operation.id, fingerprint: asked });
  if ('outcome' in claim)
    return { result: (await replay(db, operation.id, claim.outcome, caller)) as T, replayed: true };
  const key: CurrentKey = { keyHash, holder: claim.holder, outcome: {}, settled: false };
  try {
    return { result: await withKey(key, work), replayed: false };
  } catch (error) {
    // Has no effect after the write has committed. A claim that is not released expires.
    await releaseKey(db, key).catch((err: unknown) => log().warn({ err }, 'a key was not given back'));
    throw error;
  }
}

/** `sent_at` is the time of sending, which differs when the same events are sent again. */
function withoutClock(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('sent_at' in body)) return body;
  const { sent_at: _, ...rest } = body;
  return rest;
}
