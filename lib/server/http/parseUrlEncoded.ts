import { KithError } from '@/lib/shared/contract/errors';

/**
 * Reads `application/x-www-form-urlencoded` text (WHATWG URL section 5.1), except that bytes which are not UTF-8 and
 * broken percent-encodings are refused where the standard would silently replace them.
 * @throws KithError BAD_REQUEST
 */
export function parseUrlEncoded(text: string): [string, string][] {
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
      return [decode(name), decode(value)];
    });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (cause) {
    throw new KithError('BAD_REQUEST', 'The form is not percent-encoded UTF-8.', { cause });
  }
}
