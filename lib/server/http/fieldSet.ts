import { KithError } from '@/lib/shared/contract/errors';
import { isStorableText } from '@/lib/shared/contract/json';

/** Most fields that a form or query string may have. No call has more than a dozen. */
const MAX_FIELDS = 100;

/** Longest name of a field, because messages repeat it. */
const MAX_NAME_LENGTH = 200;

/** `image-url` is accepted as another spelling of `image_url`. */
const ALIASES: Record<string, string> = { 'image-url': 'image_url', 'image-url-2': 'image_url_2' };

export type FieldValue = string | Uint8Array;

/** @throws KithError BAD_REQUEST when a field comes twice, also under its other spelling */
export function collectFields(entries: Iterable<[string, FieldValue]>): Record<string, FieldValue> {
  const fields = new Map<string, FieldValue>();
  for (const [given, value] of entries) {
    assertShort(given);
    const name = ALIASES[given] ?? given;
    if (fields.has(name)) throw badField(name, 'is given twice');
    if (fields.size >= MAX_FIELDS) throw new KithError('BAD_REQUEST', `There are more than ${MAX_FIELDS} fields.`);
    if (typeof value === 'string' && !isStorableText(value)) throw badField(name, 'contains NUL or a lone surrogate');
    fields.set(name, value);
  }
  return Object.fromEntries(fields);
}

/** The same for the top level of a JSON object. */
export function resolveAliases(object: Record<string, unknown>): Record<string, unknown> {
  const resolved: Record<string, unknown> = {};
  for (const [given, value] of Object.entries(object)) {
    assertShort(given);
    const name = ALIASES[given] ?? given;
    if (Object.hasOwn(resolved, name)) throw badField(name, 'is given twice');
    resolved[name] = value;
  }
  return resolved;
}

function assertShort(name: string): void {
  if (name.length <= MAX_NAME_LENGTH) return;
  throw new KithError('BAD_REQUEST', `The name of a field is longer than ${MAX_NAME_LENGTH} characters.`);
}

/** Returns a BAD_REQUEST that names its field. */
export function badField(field: string, problem: string): KithError {
  return new KithError('BAD_REQUEST', `${field} ${problem}`, { details: { field } });
}
