/**
 * Returns a text without the characters at its end for which `isPart` is true. A regular expression such as `/\s+$/`
 * takes quadratic time, because it tries again at every blank in the middle.
 */
export function trimEndWhile(text: string, isPart: (character: string) => boolean): string {
  let { length } = text;
  while (length > 0 && isPart(text.charAt(length - 1))) length--;
  return text.slice(0, length);
}
