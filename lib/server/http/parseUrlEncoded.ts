import { KithError } from '@/lib/shared/contract/errors';

/**
 * Yields the fields of `application/x-www-form-urlencoded` text (WHATWG URL section 5.1). Unlike the standard, which
 * replaces them silently, it refuses invalid UTF-8 and broken percent-encodings. A generator, so that the consumer can
 * stop: a body of 30 MB can have fifteen million fields.
 * @throws KithError BAD_REQUEST
 */
export function* parseUrlEncoded(text: string): Generator<[string, string]> {
  for (let at = 0; at < text.length; at++) {
    const ampersand = text.indexOf('&', at);
    const end = ampersand < 0 ? text.length : ampersand;
    if (end > at) {
      const pair = text.slice(at, end);
      const equals = pair.indexOf('=');
      const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
      yield [decode(name), decode(value)];
    }
    at = end;
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(withSpaces(text));
  } catch (cause) {
    throw new KithError('BAD_REQUEST', 'The form is not percent-encoded UTF-8.', { cause });
  }
}

const PLUS = 0x2b;
const SPACE = 0x20;

/**
 * Replaces each `+` by a space. `replaceAll` takes 0.6 µs and 40 bytes for each: for 30 MB of them 18 seconds and a
 * gigabyte.
 */
function withSpaces(text: string): string {
  if (!text.includes('+')) return text;
  const bytes = Buffer.from(text, 'utf8');
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === PLUS) bytes[at] = SPACE;
  return bytes.toString('utf8');
}
