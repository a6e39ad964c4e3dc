import { expect, test } from 'vitest';
import { StrangerRate } from './StrangerRate';

/** Distances of 1,000 strangers: 0.5005, 0.501, … 1. */
const EVEN = Array.from({ length: 1_000 }, (_, i) => 0.5 + (i + 1) / 2_000);

test('counts the strangers where enough are nearer', () => {
  const rate = new StrangerRate(EVEN);
  expect(rate.at(0.75)).toBeCloseTo(0.5, 3);
  expect(rate.at(2)).toBe(1);
  expect(rate.seen(0.5005)).toBe(1);
  expect(rate.seen(0.5)).toBe(0);
});

test('below the strangers that were seen the rate goes on falling, and never rises with a stricter threshold', () => {
  const rate = new StrangerRate(EVEN);
  const steps = Array.from({ length: 120 }, (_, i) => rate.at(i / 100) as number);
  for (const [i, part] of steps.entries()) if (i > 0) expect(part).toBeGreaterThanOrEqual(steps[i - 1] as number);
  expect(rate.at(0.4)).toBeGreaterThan(0);
  expect(rate.at(0.4)).toBeLessThan(0.01);
});

test('the distance of a part accepts no more than that part, counted or estimated', () => {
  const rate = new StrangerRate(EVEN);
  for (const part of [0.5, 0.1, 0.05, 0.01, 1e-3, 1e-4]) {
    const distance = rate.distanceOf(part) as number;
    expect(rate.at(distance)).toBeLessThanOrEqual(part * (1 + 1e-9));
    expect(rate.at(distance + 0.01)).toBeGreaterThan(part);
  }
  expect(rate.distanceOf(1)).toBe(Number.POSITIVE_INFINITY);
});

test('the estimate errs towards more strangers where distances are normal', () => {
  // Quantiles of a normal distribution with mean 0.75 and deviation 0.08, by the logistic approximation.
  const normal = (part: number) => 0.75 + (0.08 * Math.log(part / (1 - part))) / 1.702;
  const many = Array.from({ length: 300 }, (_, i) => normal((i + 0.5) / 300));
  const rate = new StrangerRate(many);
  expect(rate.at(normal(1e-3))).toBeGreaterThan(1e-3 * 0.9);
});

test('says nothing from too few strangers, from equal ones, or where there is nobody to be taken for', () => {
  expect(new StrangerRate([]).at(0.5)).toBeNull();
  expect(new StrangerRate(EVEN.slice(0, 19)).at(0.5)).toBeNull();
  expect(new StrangerRate(EVEN.slice(0, 20)).at(0.5)).not.toBeNull();
  expect(new StrangerRate(Array.from({ length: 50 }, () => Number.POSITIVE_INFINITY)).at(0.5)).toBeNull();
  expect(new StrangerRate(Array.from({ length: 50 }, () => 0.6)).distanceOf(0.01)).toBeNull();
});
