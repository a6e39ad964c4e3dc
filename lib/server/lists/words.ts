import { type SQL, sql } from 'drizzle-orm';

/** Rows of a list that are looked through in its own order before an index is asked for words or attributes. */
export const LOOKED_THROUGH = 2_000;

/** Longer words are cut: nobody types them, and PostgreSQL's limit is 2046 bytes. */
const LONGEST_WORD = 64;

/**
 * The words of a text as they are searched by: lower case, without accents, letters and digits only, each once.
 * `"José O'Neil-42"` is `jose o neil 42`.
 */
export function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words.map((word) => [...word].slice(0, LONGEST_WORD).join('')))];
}

/** The words of the texts and numbers in a JSON value, at any depth; the names of fields are not among them. */
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

/** A tsquery: every word of `text` begins a word that is looked for. Null when the text has no words. */
export function wordsQuery(text: string): SQL | null {
  const words = wordsOf(text);
  return words.length === 0 ? null : sql`${words.map((word) => `'${word}':*`).join(' & ')}::tsquery`;
}
