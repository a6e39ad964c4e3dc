import { expect, test } from 'vitest';
import { lockWith, opensWith, PIN_PATTERN } from './kiosk';

test('only the PIN opens, and two locks of one PIN look different', async () => {
  const [one, two] = await Promise.all([lockWith('2468'), lockWith('2468')]);
  expect(one.hash).not.toBe(two.hash);
  expect(await opensWith(one, '2468')).toBe(true);
  expect(await opensWith(two, '2468')).toBe(true);
  expect(await opensWith(one, '2469')).toBe(false);
  expect(JSON.stringify(one)).not.toContain('2468');
});

test('a PIN is four to eight digits', () => {
  expect(PIN_PATTERN.test('1234')).toBe(true);
  for (const wrong of ['123', '123456789', '12a4', '']) expect(PIN_PATTERN.test(wrong)).toBe(false);
});
