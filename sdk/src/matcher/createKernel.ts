import type { Kernel } from './kernel.ts';
import { plainKernel } from './plainKernel.ts';
import { wasmKernel } from './wasmKernel.ts';

/** WebAssembly with SIMD where there is such a thing, else the same numbers in JavaScript. */
export function createKernel(simd = true): Kernel {
  return (simd && wasmKernel()) || plainKernel();
}
