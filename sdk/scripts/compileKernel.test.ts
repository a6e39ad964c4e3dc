import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { compileKernel } from './compileKernel.ts';

test('the committed kernel is what its source compiles to', async () => {
  const committed = await readFile(new URL('../src/matcher/kernel.wasm.ts', import.meta.url), 'utf8');
  expect(await compileKernel()).toBe(committed);
}, 30_000);
