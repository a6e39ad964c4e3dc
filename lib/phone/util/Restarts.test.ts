import { expect, test } from 'vitest';
import { Restarts } from './Restarts';

test('a first failure restarts at once, repeated ones after longer waits, up to a minute', () => {
  const restarts = new Restarts();
  let now = 0;
  const waits = Array.from({ length: 8 }, () => {
    const wait = restarts.failed(now);
    now += wait + 1_000;
    return wait;
  });
  expect(waits).toEqual([0, 2_500, 5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
  expect(restarts.failed(now + 61_000), 'after a good minute').toBe(0);
});
