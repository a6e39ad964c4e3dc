import { expect, test } from 'vitest';
import { readRetryAfter, waitAfter } from './schedule';

const steadily = (attempts: number, retryAfterMs: number | null = null) =>
  waitAfter({ attempts, retryAfterMs, random: () => 0 }) / 1_000;

test('waits four times as long after each failure, six hours at most', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8, 40].map((attempts) => steadily(attempts))).toEqual([
    5, 20, 80, 320, 1_280, 5_120, 20_480, 21_600, 21_600,
  ]);
});

test('adds up to a fifth at random', () => {
  for (let i = 0; i < 100; i++) {
    const wait = waitAfter({ attempts: 1, retryAfterMs: null });
    expect(wait).toBeGreaterThanOrEqual(5_000);
    expect(wait).toBeLessThanOrEqual(6_000);
  }
});

test('waits as long as the receiver asks for, a day at most, and never shorter than by itself', () => {
  expect(steadily(1, 90_000)).toBe(90);
  expect(steadily(3, 1_000)).toBe(80);
  expect(steadily(1, 1e12)).toBe(86_400);
});

test.each([
  ['120', 120_000],
  [['7'], 7_000],
  ['Fri, 01 May 2026 08:01:00 GMT', 60_000],
  ['Fri, 01 May 2026 07:00:00 GMT', 0],
  ['soon', null],
  ['-5', null],
  ['', null],
  [undefined, null],
] satisfies [string | string[] | undefined, number | null][])('Retry-After %j', (header, wanted) => {
  expect(readRetryAfter(header, new Date('2026-05-01T08:00:00Z'))).toBe(wanted);
});
