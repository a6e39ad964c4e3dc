import type { Kernel } from './kernel.ts';
import { plainKernel } from './plainKernel.ts';
import { wasmKernel } from './wasmKernel.ts';

/** Returns the WebAssembly SIMD kernel where it is supported, else the JavaScript kernel with the same results. */
export function createKernel(simd = true): Kernel {
  return (simd && wasmKernel()) || plainKernel();
}
