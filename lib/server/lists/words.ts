import { type SQL, sql } from 'drizzle-orm';

/** Rows that a search scans in the list's own order before it uses an index of words or attributes. */
export const SCAN_LIMIT = 2_000;

/** Maximum length of a word; longer ones are cut. PostgreSQL's limit is 2046 bytes. */
const MAX_WORD_LENGTH = 64;

/**
 * Returns the search words of a text: lower case, without accents, letters and digits only, without duplicates.
 * `"José O'Neil-42"` gives `jose o neil 42`.
 */
export function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words.map((word) => [...word].slice(0, MAX_WORD_LENGTH).join('')))];
}

/** Returns the words of the strings and numbers in a JSON value, at any depth, without field names. */
export function wordsOfValues(value: unknown): string[] {
  const texts: string[] = [];
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === 'string' || typeof next === 'number') texts.push(String(next));
    else if (typeof next === 'object' && next !== null) waiting.push(...Object.values(next));
  }
  return wordsOf(texts.join(' '));
}

/**
 * Returns a tsquery that matches rows with a word for each word of `text` as prefix. Null when the text has no words.
 */
export function wordsQuery(text: string): SQL | null {
  const words = wordsOf(text);
  return words.length === 0 ? null : sql`${words.map((word) => `'${word}':*`).join(' & ')}::tsquery`;
}
