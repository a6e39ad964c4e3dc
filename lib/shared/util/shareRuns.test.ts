import { expect, test } from 'vitest';
import { shareRuns } from './shareRuns';

/** Returns work that ends when it is told to, and returns the number of its run. */
function controlled() {
  const runs: { resolve: (run: number) => void; reject: (error: Error) => void }[] = [];
  const shared = shareRuns(
    () =>
      new Promise<number>((resolve, reject) => {
        runs.push({ resolve, reject });
      }),
  );
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { runs, shared, settle };
}

test('who calls during a run shares the next one, which starts when the run ends', async () => {
  const { runs, shared, settle } = controlled();
  const first = shared();
  const second = shared();
  const third = shared();
  await settle();
  expect(runs).toHaveLength(1);
  runs[0]?.resolve(1);
  expect(await first).toBe(1);
  await settle();
  expect(runs).toHaveLength(2);
  const fourth = shared();
  runs[1]?.resolve(2);
  expect(await Promise.all([second, third])).toEqual([2, 2]);
  await settle();
  expect(runs).toHaveLength(3);
  runs[2]?.resolve(3);
  expect(await fourth).toBe(3);
});

test('a failed run fails those who shared it, and nobody after', async () => {
  const { runs, shared, settle } = controlled();
  const first = shared();
  const second = shared();
  runs[0]?.reject(new Error('no database'));
  await expect(first).rejects.toThrow('no database');
  await settle();
  runs[1]?.resolve(2);
  expect(await second).toBe(2);
  const third = shared();
  runs[2]?.resolve(3);
  expect(await third).toBe(3);
});
