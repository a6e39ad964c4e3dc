import { expect, test } from 'vitest';
import { personOfPath } from './personOfPath';

test.each([
  ['Ada Lovelace/1.jpg', 'Ada Lovelace'],
  ['people/Ada_Lovelace/1.jpg', 'Ada Lovelace'],
  ['Ada_Lovelace.jpg', 'Ada Lovelace'],
  ['Ada Lovelace-2.jpg', 'Ada Lovelace'],
  ['Ada_Lovelace_02.jpeg', 'Ada Lovelace'],
  ['Ada (3).png', 'Ada'],
  ['Ada (C3PO).png', 'Ada (C3PO)'],
  ['Ada2-B.png', 'Ada2-B'],
  ['Ada-.png', 'Ada'],
])('%s shows %s', (path, person) => {
  expect(personOfPath(path)).toBe(person);
});

test.each([
  ['Ada Lovelace/2024/1.jpg', 'Ada Lovelace'],
  ['Ada_Lovelace/1.jpg', 'Ada Lovelace'],
  ['Ada_Lovelace-2.jpg', 'Ada Lovelace'],
  // A name of digits alone is a name.
  ['007.jpg', '007'],
])('%s shows %s, where people have folders of their own', (path, person) => {
  expect(personOfPath(path, { folder: 'first' })).toBe(person);
});

test('a name made to keep it busy takes no time', () => {
  const started = performance.now();
  for (const character of [' ', '1', '(', '-', '.', '_']) personOfPath(`${character.repeat(200_000)}x`);
  expect(performance.now() - started).toBeLessThan(1_000);
});
