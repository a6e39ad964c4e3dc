import { TRUST_CALIBRATION } from '@kith/sdk';
import { expect, test } from 'vitest';
import { likeness } from './likeness';

test('trust is 100 at no distance, 50 at the calibrated one, and falls from there', () => {
  expect(likeness(0).trust).toBeGreaterThan(99);
  expect(likeness(TRUST_CALIBRATION.distance).trust).toBe(50);
  const falling = [0.2, 0.4, 0.5, 0.6, 0.8, 1.2].map((distance) => likeness(distance).trust);
  expect(falling).toEqual([...falling].sort((a, b) => b - a));
});

test('both are rounded, and always within what the contract allows', () => {
  expect(likeness(0.123456789).distance).toBe(0.1235);
  for (const distance of [0, 0.3, 0.499999, 0.7, 2, 10]) {
    const { trust } = likeness(distance);
    expect(trust).toBe(Math.round(trust * 100) / 100);
    expect(trust).toBeGreaterThanOrEqual(0);
    expect(trust).toBeLessThanOrEqual(100);
  }
});
