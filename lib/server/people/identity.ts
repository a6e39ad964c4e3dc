import type { UniqueArgs } from '@/db/schema';
import { KithError } from '@/lib/shared/contract/errors';
import { foldName } from '@/lib/shared/text/foldName';

/** Longest external id and name, in UTF-16 units. Both are indexed, and an index row of PostgreSQL holds 2,700 bytes. */
const LONGEST = 200;

/** Who a sample says it is of. */
export interface Identity {
  /** `user_id`: the caller's own id of the person. */
  externalId: string | null;
  /** `user_name`. */
  name: string | null;
}

/**
 * Reads `user_id` and `user_name` from a sample's attributes; numbers count as text. The name is folded (`foldName`), so
 * that two spellings which look the same are one person. Throws BAD_REQUEST.
 */
export function identityOf(uniqueArgs: UniqueArgs): Identity {
  const name = textOf(uniqueArgs, 'user_name');
  return { externalId: textOf(uniqueArgs, 'user_id'), name: name === null ? null : foldName(name) };
}

/** Spellings of the name as people were stored before names were folded: as it was sent, and in NFD as a Mac sends it. */
export function oldSpellingsOf(uniqueArgs: UniqueArgs): string[] {
  const name = textOf(uniqueArgs, 'user_name');
  return name === null ? [] : [name, foldName(name).normalize('NFD')];
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
