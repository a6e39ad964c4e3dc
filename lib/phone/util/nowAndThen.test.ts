import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { nowAndThen } from './nowAndThen';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('passes on the first, what comes a while later, and what is due', () => {
  const told: number[] = [];
  const tell = nowAndThen(
    (value: number) => told.push(value),
    (value) => value === 100,
  );
  for (const value of [1, 2, 3]) tell(value);
  vi.advanceTimersByTime(250);
  tell(4);
  tell(100);
  tell(5);
  expect(told).toEqual([1, 4, 100]);
});
