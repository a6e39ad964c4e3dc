import { jsonOutline } from './jsonOutline';

/**
 * Most commas, colons and opening brackets of a JSON text. 500 rows of an import with a hundred attributes each have half
 * of it. `JSON.parse` holds up the event loop while it works: for seconds where 20 MB are nothing but brackets.
 */
export const MAX_JSON_PARTS = 200_000;

/** Deepest nesting of a JSON body. Deeper ones serve no caller and cost stack in every recursive reader. */
export const MAX_JSON_DEPTH = 32;

/** JSON that is well-formed but not taken. The message says which rule it breaks. */
export class UnacceptableJson extends Error {}

/**
 * Parses JSON text and refuses what later steps cannot keep: nesting beyond `MAX_JSON_DEPTH`, numbers beyond a double
 * (`1e400` parses as Infinity), NUL and lone surrogates in text, which Postgres' jsonb rejects (RFC 8259 section 8.2
 * leaves both to the receiver).
 * @throws UnacceptableJson
 */
export function parseJson(text: string): unknown {
  const { parts, depth } = jsonOutline(text, { parts: MAX_JSON_PARTS, depth: MAX_JSON_DEPTH + 1 });
  if (depth > MAX_JSON_DEPTH + 1) throw new UnacceptableJson(`is nested deeper than ${MAX_JSON_DEPTH} levels`);
  if (parts > MAX_JSON_PARTS) throw new UnacceptableJson(`has more than ${MAX_JSON_PARTS} values`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UnacceptableJson('is not valid JSON', { cause });
  }
  checkJson(value);
  return value;
}

/** Whether text can be kept by Postgres and sent as UTF-8. */
export function isStorableText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

/** Level by level instead of by recursion, so that no input can exhaust the stack. */
function checkJson(root: unknown): void {
  let level = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_JSON_DEPTH) throw new UnacceptableJson(`is nested deeper than ${MAX_JSON_DEPTH} levels`);
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value === 'string' && !isStorableText(value)) {
        throw new UnacceptableJson('contains NUL or a lone surrogate');
      }
      if (typeof value === 'number' && !Number.isFinite(value)) {
        throw new UnacceptableJson('contains a number that is too large');
      }
      if (typeof value !== 'object' || value === null) continue;
      for (const [key, entry] of Object.entries(value)) {
        if (!isStorableText(key)) throw new UnacceptableJson('contains NUL or a lone surrogate');
        if (key === '__proto__') throw new UnacceptableJson('contains a field named __proto__');
        next.push(entry);
      }
    }
    level = next;
  }
}
