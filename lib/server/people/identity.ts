import type { UniqueArgs } from '@/db/schema';
import { KithError } from '@/lib/shared/contract/errors';
import { foldName } from '@/lib/shared/text/foldName';

/** Maximum length of an external id and a name, in UTF-16 units. Both are indexed, and an index row of PostgreSQL holds 2,700 bytes. */
const LONGEST = 200;

/** The person that a sample's attributes name. */
export interface Identity {
  /** `user_id`: the caller's own id of the person. */
  externalId: string | null;
  /** `user_name`. */
  name: string | null;
}

/**
 * Reads `user_id` and `user_name` from a sample's attributes. Numbers count as text. The name is folded (`foldName`), so that
 * two spellings that look the same are one person.
 * @throws KithError BAD_REQUEST if a value has another type or is too long
 */
export function identityOf(uniqueArgs: UniqueArgs): Identity {
  const name = textOf(uniqueArgs, 'user_name');
  return { externalId: textOf(uniqueArgs, 'user_id'), name: name === null ? null : foldName(name) };
}

/** Returns the spellings under which a name may be stored from before names were folded: as sent, and in NFD as a Mac sends it. */
export function oldSpellingsOf(uniqueArgs: UniqueArgs): string[] {
  const name = textOf(uniqueArgs, 'user_name');
  return name === null ? [] : [name, foldName(name).normalize('NFD')];
}

function textOf(uniqueArgs: UniqueArgs, field: 'user_id' | 'user_name'): string | null {
  const value = Object.hasOwn(uniqueArgs, field) ? uniqueArgs[field] : null;
  if (value === null || value === undefined) return null;
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw new KithError('BAD_REQUEST', `unique_args.${field} must be text or a number.`);
  }
  const text = String(value).trim();
  if (text.length > LONGEST) {
    throw new KithError('BAD_REQUEST', `unique_args.${field} must be at most ${LONGEST} characters.`);
  }
  return text === '' ? null : text;
}
