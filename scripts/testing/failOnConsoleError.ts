import { afterEach, beforeEach, expect, vi } from 'vitest';

/** Fails a test after an unexpected `console.error`. A test that expects one catches it with a spy of its own. */
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
