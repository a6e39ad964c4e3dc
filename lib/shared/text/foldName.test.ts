import { expect, test } from 'vitest';
import { foldName } from './foldName';

test.each([
  ['José Pérez', 'José Pérez'],
  ['Jose\u0301 Pe\u0301rez', 'José Pérez'],
  [' Jos\u00e9\u00a0 P\u00e9rez\t', 'José Pérez'],
  ['Ada\u2003\n Lovelace', 'Ada Lovelace'],
  [' \u00a0', ''],
])('%j is %j', (name, folded) => {
  expect(foldName(name)).toBe(folded.normalize('NFC'));
});

test('takes linear time', () => {
  const started = performance.now();
  for (const character of [' ', '\u00a0', 'e\u0301 ']) foldName(`${character.repeat(50_000)}x`);
  expect(performance.now() - started).toBeLessThan(3_000);
});
