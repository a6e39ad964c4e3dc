import { createHash, type Hash } from 'node:crypto';

/**
 * Returns the SHA-256 of a request in hex. The same fields give the same value, in any order and media type. It hashes
 * fields in chunks, so that a picture is never copied.
 */
export function fingerprint(value: unknown): string {
  const hash = createHash('sha256');
  add(hash, value);
  return hash.digest('hex');
}

/** Each value begins with its kind and length, so that different values never hash the same bytes. */
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
