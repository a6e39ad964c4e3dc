import { expect, test } from 'vitest';
import { lockWith, opensWith, PIN_PATTERN, waitOf, withTry } from './kiosk';

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

test('each wrong PIN after the third doubles the wait, up to a quarter of an hour', async () => {
  let kiosk = await lockWith('2468');
  let now = 1_000_000;
  const waits: number[] = [];
  for (let tries = 0; tries < 13; tries++) {
    expect(waitOf(kiosk, now)).toBe(0);
    kiosk = withTry(kiosk, now);
    waits.push(waitOf(kiosk, now) / 1000);
    expect(waitOf(JSON.parse(JSON.stringify(kiosk)), now + 1), 'also after a reload').toBeGreaterThan(0);
    now += waitOf(kiosk, now);
  }
  expect(waits).toEqual([1.5, 1.5, 1.5, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
});

test('a clock that is set right after running ahead keeps nobody waiting', async () => {
  const now = 1_000_000;
  const ahead = withTry({ ...(await lockWith('2468')), wrong: 20 }, now + 365 * 24 * 3_600_000);
  expect(waitOf(ahead, now)).toBe(0);
});
