import { describe, expect, test } from 'vitest';
import { MAX_JSON_DEPTH, parseJson, UnacceptableJson } from './json';

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
  ])('refuses %s', (_, text) => {
    expect(() => parseJson(text)).toThrow(UnacceptableJson);
  });
});
