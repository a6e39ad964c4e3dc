import { expect, test } from 'vitest';
import { shareRuns } from './shareRuns';

/** Work whose runs the test ends by hand. */
function work() {
  const ends: ((error?: Error) => void)[] = [];
  const run = shareRuns(
    () =>
      new Promise((resolve, reject) => {
        ends.push((error) => (error ? reject(error) : resolve()));
      }),
  );
  return { run, ends };
}

const turn = () => new Promise((resolve) => setTimeout(resolve));

test('calls during a run share one run after it', async () => {
  const { run, ends } = work();
  const first = run();
  await turn();
  const later = [run(), run(), run()];
  await turn();
  expect(ends).toHaveLength(1);
  ends[0]?.();
  await first;
  await turn();
  expect(ends).toHaveLength(2);
  ends[1]?.();
  await Promise.all(later);
  void run();
  await turn();
  expect(ends).toHaveLength(3);
});

test('a failed run rejects its callers, and the next one starts all the same', async () => {
  const { run, ends } = work();
  const first = run();
  await turn();
  const second = run();
  ends[0]?.(new Error('gone'));
  await expect(first).rejects.toThrow('gone');
  await turn();
  ends[1]?.();
  await expect(second).resolves.toBeUndefined();
});
