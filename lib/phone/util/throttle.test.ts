import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { throttle } from './throttle';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('emits the first value, one per interval, and those that must pass', () => {
  const told: number[] = [];
  const emit = throttle(
    (value: number) => told.push(value),
    (value) => value === 100,
  );
  for (const value of [1, 2, 3]) emit(value);
  vi.advanceTimersByTime(250);
  emit(4);
  emit(100);
  emit(5);
  expect(told).toEqual([1, 4, 100]);
});
