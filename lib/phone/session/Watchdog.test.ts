import { expect, test } from 'vitest';
import { Watchdog } from './Watchdog';

test('without a frame for 15 seconds it tells once, and again after another 15', () => {
  const watchdog = new Watchdog();
  expect(watchdog.check(1_000, true)).toBe(false);
  watchdog.beat(2_000);
  expect(watchdog.check(16_999, true)).toBe(false);
  expect(watchdog.check(17_000, true)).toBe(true);
  expect(watchdog.check(18_000, true)).toBe(false);
  expect(watchdog.check(32_000, true)).toBe(true);
});

test('a page that slept between two looks waits anew when it is told of the waking', () => {
  const watchdog = new Watchdog();
  watchdog.check(0, true);
  watchdog.beat(2_000);
  expect(watchdog.check(3_600_000, false)).toBe(false);
  expect(watchdog.check(3_600_000, true)).toBe(false);
  expect(watchdog.check(3_614_999, true)).toBe(false);
  expect(watchdog.check(3_615_000, true)).toBe(true);
});

test('a page that was hidden, or whose camera was off, begins to wait when it is back', () => {
  const watchdog = new Watchdog();
  watchdog.check(0, true);
  expect(watchdog.check(14_000, false)).toBe(false);
  watchdog.beat(14_500);
  expect(watchdog.check(600_000, true)).toBe(false);
  expect(watchdog.check(614_999, true)).toBe(false);
  expect(watchdog.check(615_000, true)).toBe(true);
});
