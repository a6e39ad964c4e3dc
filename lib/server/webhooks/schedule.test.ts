import { expect, test } from 'vitest';
import { waitAfter } from './schedule';

const steadily = (attempts: number, retryAfterSeconds: number | null = null) =>
  waitAfter({ attempts, retryAfterSeconds, random: () => 0 }) / 1_000;

test('waits four times as long after each failure, six hours at most', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8, 40].map((attempts) => steadily(attempts))).toEqual([
    5, 20, 80, 320, 1_280, 5_120, 20_480, 21_600, 21_600,
  ]);
});

test('adds up to a fifth at random', () => {
  for (let i = 0; i < 100; i++) {
    const wait = waitAfter({ attempts: 1, retryAfterSeconds: null });
    expect(wait).toBeGreaterThanOrEqual(5_000);
    expect(wait).toBeLessThanOrEqual(6_000);
  }
});

test('waits as long as the receiver asks for, a day at most, and never shorter than by itself', () => {
  expect(steadily(1, 90)).toBe(90);
  expect(steadily(3, 1)).toBe(80);
  expect(steadily(1, 1e12)).toBe(86_400);
});
