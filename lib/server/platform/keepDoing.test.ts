import { afterEach, expect, test, vi } from 'vitest';
import { keepDoing } from './keepDoing';
import { log } from './log';

let stop: () => void = () => {};
afterEach(() => {
  stop();
  vi.restoreAllMocks();
});

test('does it now, again after a failure that is logged, and no more once it is stopped', async () => {
  const logged = vi.spyOn(log(), 'error').mockReturnValue(undefined);
  let times = 0;
  stop = keepDoing({
    everyMs: 5,
    failed: 'it was not done',
    work: async () => {
      times++;
      if (times === 1) throw new Error('not yet');
    },
  });
  expect(times).toBe(1);
  await vi.waitFor(() => expect(times).toBeGreaterThan(2));
  expect(logged).toHaveBeenCalledExactlyOnceWith({ err: new Error('not yet') }, 'it was not done');
  stop();
  const before = times;
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(times).toBe(before);
});
