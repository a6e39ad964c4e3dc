import { describe, expect, test } from 'vitest';
import { MAX_JSON_DEPTH, MAX_JSON_PARTS, parseJson, UnacceptableJson } from './json';

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('parseJson', () => {
  test('takes ordinary JSON', () => {
    expect(parseJson('{"a":[1,"zwölf",null,true,{"b":-0.5}]}')).toEqual({ a: [1, 'zwölf', null, true, { b: -0.5 }] });
    expect(parseJson('"\u{1f642}"')).toBe('\u{1f642}');
    expect(parseJson(nested(MAX_JSON_DEPTH))).toBeInstanceOf(Array);
  });

  test.each([
    ['not JSON', 'nope'],
    ['NaN', '{"a":NaN}'],
    ['a number beyond a double', '[1e400]'],
    ['NUL', '"a\\u0000"'],
    ['NUL in a name', '{"\\u0000":1}'],
    ['a lone surrogate', '["\\ud800"]'],
    ['__proto__', '{"__proto__":{"admin":true}}'],
    ['one level too deep', nested(MAX_JSON_DEPTH + 2)],
    ['a hundred thousand levels', nested(100_000)],
    ['more values than anybody sends', `[${'0,'.repeat(MAX_JSON_PARTS)}0]`],
  ])('refuses %s', (_, text) => {
    expect(() => parseJson(text)).toThrow(UnacceptableJson);
  });

  test('brackets and quotes inside text are text', () => {
    const text = `${'[{,:'.repeat(MAX_JSON_PARTS)}"\\`;
    expect(parseJson(JSON.stringify({ text, '"[': '\\"' }))).toEqual({ text, '"[': '\\"' });
  });

  const BYTES = 20_000_000;
  test.each([
    ['lists in lists', '['],
    ['objects in objects', '{"a":'],
    ['empty lists', '[],'],
    ['numbers', '1,'],
    ['names', '"a":1,'],
    ['escapes', '\\"'],
    ['backslashes', '\\'],
    ['blanks', ' '],
  ])('20 MB of %s are refused without being parsed', (_, part) => {
    const text = `["${part.startsWith('\\') ? '' : '",'}${part.repeat(BYTES / part.length)}`;
    const started = performance.now();
    expect(() => parseJson(text)).toThrow(UnacceptableJson);
    // Parsed, most of these take seconds.
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
