import { expect, test } from 'vitest';
import { Schedule } from './Schedule';

test('the wait doubles with each failure up to five minutes, and resets after a success', () => {
  const schedule = new Schedule(() => 0.5);
  const waits = Array.from({ length: 10 }, () => schedule.failed(null));
  expect(waits.slice(0, 4)).toEqual([2000, 4000, 8000, 16000]);
  expect(waits.at(-1)).toBe(300_000);
  expect(schedule.succeeded(30)).toBe(30_000);
  expect(schedule.failed(null)).toBe(2000);
});

test('follows Retry-After, and adds jitter', () => {
  expect(new Schedule(() => 0.5).failed(60)).toBe(60_000);
  expect(new Schedule(() => 0).failed(null)).toBe(1500);
  expect(new Schedule(() => 1).failed(null)).toBe(2500);
});
