import { createHash, type Hash } from 'node:crypto';

/**
 * SHA-256 of what a request asks for, in hex. The same fields give the same, in whatever order and media type they came.
 * Goes into fields piece by piece: a picture is never copied.
 */
export function fingerprint(value: unknown): string {
  const hash = createHash('sha256');
  add(hash, value);
  return hash.digest('hex');
}

/** Each value begins with its kind and length, so that no two different ones are written alike. */
function add(hash: Hash, value: unknown): void {
  if (value instanceof Uint8Array) hash.update(`b${value.byteLength}:`).update(value);
  else if (typeof value === 'string') hash.update(`s${value.length}:`).update(value);
  else if (Array.isArray(value)) {
    hash.update(`a${value.length}:`);
    for (const entry of value) add(hash, entry);
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    hash.update(`o${entries.length}:`);
    for (const [name, entry] of entries) {
      add(hash, name);
      add(hash, entry);
    }
  } else hash.update(`${typeof value}:${String(value)};`);
}
