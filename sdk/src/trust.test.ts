import { expect, test } from 'vitest';
import { distanceOfTrust, TRUST_CALIBRATION, trust } from './trust.ts';

test('trust falls with distance, within 0 to 100, and is 50 at the calibrated distance', () => {
  let last = 100;
  for (let distance = 0; distance <= 1.5; distance += 0.001) {
    const now = trust(distance);
    expect(now).toBeLessThan(last);
    expect(now).toBeGreaterThan(0);
    last = now;
  }
  expect(trust(TRUST_CALIBRATION.distance)).toBe(50);
  expect(trust(0)).toBeGreaterThan(99);
});

test('distanceOfTrust is the inverse', () => {
  for (const value of [1, 10, 50, 75, 99]) expect(trust(distanceOfTrust(value))).toBeCloseTo(value, 9);
  expect(distanceOfTrust(0)).toBe(Infinity);
  expect(distanceOfTrust(100)).toBe(-Infinity);
});
