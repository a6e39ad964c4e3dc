import { afterEach, beforeEach, expect, vi } from 'vitest';

/** An unexpected `console.error` fails the test. One that is expected is caught by a spy of the test's own. */
let heard: unknown[][] = [];

beforeEach(() => {
  heard = [];
  vi.spyOn(console, 'error').mockImplementation((...said) => {
    heard.push(said);
  });
});

afterEach(() => {
  vi.mocked(console.error).mockRestore?.();
  expect(heard, 'console.error was called').toEqual([]);
});
