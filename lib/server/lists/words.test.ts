import { expect, test } from 'vitest';
import { wordsOf, wordsOfValues } from './words';

test.each([
  ['José O’Neil-42', ['jose', 'o', 'neil', '42']],
  ['ADA  ada, Ada', ['ada']],
  ['ada.lovelace@example.org', ['ada', 'lovelace', 'example', 'org']],
  ['Łukasz Ünal', ['łukasz', 'unal']],
  ['Иван 山田太郎', ['иван', '山田太郎']],
  ["'); drop table samples; -- \\ & | ! :*", ['drop', 'table', 'samples']],
  ['  -- ', []],
  ['x'.repeat(5_000), ['x'.repeat(64)]],
])('the words of %j', (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});

test('returns the words of values at any depth, without field names', () => {
  const words = wordsOfValues({ user_name: 'Ada', room: { floors: [3, 'West wing'], key: null }, here: true });
  expect(new Set(words)).toEqual(new Set(['ada', '3', 'west', 'wing']));
});
