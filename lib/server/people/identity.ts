import type { UniqueArgs } from '@/db/schema';
import { KithError } from '@/lib/shared/contract/errors';

/** Longest external id and name, in UTF-16 units. Both are indexed, and an index row of PostgreSQL holds 2,700 bytes. */
const LONGEST = 200;

/** Who a sample says it is of. */
export interface Identity {
  /** `user_id`: the caller's own id of the person. */
  externalId: string | null;
  /** `user_name`. */
  name: string | null;
}

/** Reads `user_id` and `user_name` from a sample's attributes; numbers count as text. Throws BAD_REQUEST. */
export function identityOf(uniqueArgs: UniqueArgs): Identity {
  return { externalId: textOf(uniqueArgs, 'user_id'), name: textOf(uniqueArgs, 'user_name') };
}

function textOf(uniqueArgs: UniqueArgs, field: 'user_id' | 'user_name'): string | null {
  const value = Object.hasOwn(uniqueArgs, field) ? uniqueArgs[field] : null;
  if (value === null || value === undefined) return null;
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw new KithError('BAD_REQUEST', `unique_args.${field} must be text or a number`);
  }
  const text = String(value).trim();
  if (text.length > LONGEST) {
    throw new KithError('BAD_REQUEST', `unique_args.${field} must be at most ${LONGEST} characters`);
  }
  return text === '' ? null : text;
}
