/**
 * A text without the characters at its end that `isPart` of what is to go. A regular expression such as `/\s+$/` tries
 * again at every blank in the middle, which takes quadratic time.
 */
export function trimEndWhile(text: string, isPart: (character: string) => boolean): string {
  let { length } = text;
  while (length > 0 && isPart(text.charAt(length - 1))) length--;
  return text.slice(0, length);
}
