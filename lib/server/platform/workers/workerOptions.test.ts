import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { workerOptions } from './workerOptions.ts';

test('a TypeScript worker starts, resolves the alias and receives its data', async () => {
  const worker = new Worker(new URL('./workerOptions.test.worker.ts', import.meta.url), {
    workerData: { code: 'NO_FACE' },
    ...workerOptions(import.meta.url),
  });
  const [answer] = await once(worker, 'message');
  expect(answer).toBe(2000);
  await worker.terminate();
});

test('JavaScript needs no loader', () => {
  expect(workerOptions('file:///app/cli.js')).toEqual({});
});
