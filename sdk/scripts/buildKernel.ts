import { writeFile } from 'node:fs/promises';
import { compileKernel } from './compileKernel.ts';

await writeFile(new URL('../src/matcher/kernel.wasm.ts', import.meta.url), await compileKernel());
