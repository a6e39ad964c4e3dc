import { describe, expect, test } from 'vitest';
import { KithError } from '@/lib/shared/contract/errors';
import { decodeDataUrl, isDataUrl } from './dataUrl';

function decoded(url: string, maxBytes = 1000): string {
  return Buffer.from(decodeDataUrl({ url, maxBytes })).toString('latin1');
}

function failure(url: string, maxBytes = 1000): string {
  try {
    decodeDataUrl({ url, maxBytes });
  } catch (error) {
    if (error instanceof KithError) return error.code;
    throw error;
  }
  return 'none';
}

describe('decodeDataUrl', () => {
  test.each([
    ['base64', 'data:image/png;base64,aGVsbG8=', 'hello'],
    ['without padding', 'data:image/png;base64,aGVsbG8', 'hello'],
    ['with blanks in it', 'data:image/png;base64,aGVs\n bG8=\t', 'hello'],
    ['with blanks before base64', 'data:image/png; base64 ,aGVsbG8=', 'hello'],
    ['in capitals', 'DATA:IMAGE/PNG;BASE64,aGVsbG8=', 'hello'],
    ['after blanks', '\n data:;base64,aGVsbG8=', 'hello'],
    ['percent-encoded base64', 'data:;base64,aGVsbG8%3D', 'hello'],
    ['a parameter before base64', 'data:image/png;name=a.png;base64,aGVsbG8=', 'hello'],
    ['percent-encoded text', 'data:text/plain,a%20%ff%FFb', 'a \xff\xffb'],
    ['stray percent signs', 'data:,100%25%2%zz%', '100%%2%zz%'],
    ['text that is not ASCII', 'data:,é', 'Ã©'],
    ['a fragment, dropped', 'data:;base64,aGVsbG8=#x', 'hello'],
    ['nothing', 'data:,', ''],
    ['the word base64 in the data', 'data:,;base64,aGVsbG8=', ';base64,aGVsbG8='],
  ])('decodes %s', (_what, url, expected) => {
    expect(isDataUrl(url)).toBe(true);
    expect(decoded(url)).toBe(expected);
  });

  test.each([
    ['no comma', 'data:image/png;base64'],
    ['a media type without end', `data:${'x'.repeat(5000)},`],
    ['letters outside base64', 'data:;base64,aGVs*G8='],
    ['a length no base64 has', 'data:;base64,aGVsb'],
    ['too much padding', 'data:;base64,aGVsbG8=='],
    ['padding in the middle', 'data:;base64,aG=sbG8='],
    ['base64url', 'data:;base64,_-_-'],
  ])('refuses %s', (_what, url) => {
    expect(failure(url)).toBe('BAD_IMAGE_URL');
  });

  test('counts decoded bytes against the limit, exactly', () => {
    const url = (bytes: number) => `data:;base64,${Buffer.alloc(bytes, 7).toString('base64')}`;
    expect(decoded(url(1000))).toHaveLength(1000);
    expect(failure(url(1001))).toBe('IMAGE_TOO_LARGE');
    expect(failure(url(2000))).toBe('IMAGE_TOO_LARGE');
    expect(decoded(`data:,${'x'.repeat(1000)}`)).toHaveLength(1000);
    expect(failure(`data:,${'x'.repeat(1001)}`)).toBe('IMAGE_TOO_LARGE');
    expect(decoded(`data:,${'%41'.repeat(1000)}`)).toHaveLength(1000);
    expect(failure(`data:,${'%41'.repeat(1001)}`)).toBe('IMAGE_TOO_LARGE');
  });

  test('is not taken in by other schemes', () => {
    expect(isDataUrl('https://example.com/?data:image/png')).toBe(false);
    expect(isDataUrl('dat:,')).toBe(false);
  });
});
