import { trimEndWhile } from '@/lib/shared/text/trimEndWhile';

/**
 * A name without the number that tells several pictures of one person apart, as in `Ada 2`, `Ada_02` and `Ada (2)`, and
 * without the blanks, dashes and underscores before it.
 */
export function withoutNumberAtEnd(name: string): string {
  return trimEndWhile(withoutNumber(name), (character) => /[\s_-]/.test(character));
}

function withoutNumber(name: string): string {
  const inBrackets = name.endsWith(')');
  const number = inBrackets ? name.slice(0, -1) : name;
  const before = trimEndWhile(number, (character) => /\d/.test(character));
  if (!inBrackets) return before;
  return before !== number && before.endsWith('(') ? before.slice(0, -1) : name;
}
