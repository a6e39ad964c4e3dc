import { expect, test } from 'vitest';
import { CROWDING_COEFFICIENTS } from './crowding.coefficients.ts';
import { crowding, LEAST_CROWDING, MOST_CROWDING, normalisedDistance } from './crowding.ts';
import { distance } from './distance.ts';
import { crowdedEncoding, randomEncoding, seededRandom } from './testing/encodings.ts';

const random = seededRandom(23);

test('is e to the power of the fitted sum, within its limits, as a float32', () => {
  const { bias, linear, square, least, most } = CROWDING_COEFFICIENTS;
  let within = 0;
  for (let i = 0; i < 500; i++) {
    const encoding = crowdedEncoding(random);
    const sum = linear.reduce((total, factor, k) => {
      const value = encoding[k] as number;
      return total + factor * value + square * value * value;
    }, bias);
    if (sum > least && sum < most) within++;
    expect(crowding(encoding)).toBeCloseTo(Math.exp(Math.min(most, Math.max(least, sum))), 6);
    expect(Math.fround(crowding(encoding))).toBe(crowding(encoding));
  }
  expect(within).toBeGreaterThan(50);
  expect(LEAST_CROWDING).toBeLessThan(1);
  expect(MOST_CROWDING).toBeGreaterThan(1);
});

test.each([
  ['zeros', new Float32Array(128)],
  ['the largest numbers', new Float32Array(128).fill(3.4e38)],
  ['the smallest numbers', new Float32Array(128).fill(1e-45)],
  ['numbers of both signs', Float32Array.from({ length: 128 }, (_, i) => (i % 2 ? 3.4e38 : -3.4e38))],
  ['no numbers', new Float32Array(128).fill(Number.NaN)],
  ['infinity', new Float32Array(128).fill(Number.POSITIVE_INFINITY)],
  ['nothing', new Float32Array(0)],
])('stays within its limits for %s', (_, encoding) => {
  expect(crowding(encoding)).toBeGreaterThanOrEqual(LEAST_CROWDING);
  expect(crowding(encoding)).toBeLessThanOrEqual(MOST_CROWDING);
});

test('what is not a number is treated as the most crowded', () => {
  expect(crowding(new Float32Array(128).fill(Number.NaN))).toBe(MOST_CROWDING);
});

test('the normalised distance is symmetric to the last bit, 0 for the same encoding, and finite', () => {
  for (let i = 0; i < 500; i++) {
    const [a, b] = [crowdedEncoding(random), randomEncoding(random, i % 5 ? 0.2 : 3e38)];
    expect(normalisedDistance(a, b)).toBe(normalisedDistance(b, a));
    expect(Number.isFinite(normalisedDistance(a, b))).toBe(true);
    expect(normalisedDistance(a, a)).toBe(0);
    const factor = normalisedDistance(a, b) / distance(a, b);
    expect(factor).toBeGreaterThanOrEqual(LEAST_CROWDING ** 2 * (1 - 1e-12));
    expect(factor).toBeLessThanOrEqual(MOST_CROWDING ** 2 * (1 + 1e-12));
  }
});
