import { distanceOfTrust, TRUST_CALIBRATION } from '@kith/sdk';
import { expect, test } from 'vitest';
import { likeness, reachesTrust } from './likeness';

test('trust is just under 100 at no distance, 50 at the calibrated one, and falls from there', () => {
  expect(likeness(0).trust).toBe(99.99);
  expect(likeness(TRUST_CALIBRATION.distance).trust).toBe(50);
  const falling = [0.2, 0.4, 0.5, 0.6, 0.8, 1.2].map((distance) => likeness(distance).trust);
  expect(falling).toEqual([...falling].sort((a, b) => b - a));
});

test('both have few decimals, and are always within what the contract allows', () => {
  expect(likeness(0.123456789).distance).toBe(0.1235);
  for (const distance of [0, 0.3, 0.499999, 0.7, 2, 10]) {
    const { trust } = likeness(distance);
    expect(trust).toBe(Math.round(trust * 100) / 100);
    expect(trust).toBeGreaterThanOrEqual(0);
    expect(trust).toBeLessThan(100);
  }
});

test('the exact trust decides: a hair beyond a threshold does not pass, and what is shown as the threshold does', () => {
  for (const threshold of [10, 50, 55.55, 99.9]) {
    const limit = distanceOfTrust(threshold);
    expect(reachesTrust(limit - 1e-9, threshold)).toBe(true);
    expect(reachesTrust(limit + 1e-9, threshold)).toBe(false);
    expect(likeness(limit + 1e-9).trust).toBeLessThan(threshold);
  }
});

test('nobody reaches 100, anybody reaches 0', () => {
  for (const distance of [0, 0.01, 0.3]) expect(reachesTrust(distance, 100)).toBe(false);
  for (const distance of [0, 1, 10]) expect(reachesTrust(distance, 0)).toBe(true);
});
