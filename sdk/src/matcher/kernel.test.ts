import { expect, test } from 'vitest';
import { seededRandom } from '../testing/encodings.ts';
import { CHUNK_SAMPLES, type ChunkMemory, type Kernel } from './kernel.ts';
import { plainKernel } from './plainKernel.ts';
import { wasmKernel } from './wasmKernel.ts';

function scan(kernel: Kernel, from: number, to: number, limit: number): number[] {
  return Array.from(kernel.hits.subarray(0, kernel.scan(1, from, to, limit)));
}

/** Both kernels with two chunks; the second chunk has the same content. */
function filled(value: () => number, probe: () => number): [Kernel, Kernel] {
  const wasm = wasmKernel();
  if (!wasm) throw new Error('this runtime does not support WebAssembly SIMD');
  const kernels: [Kernel, Kernel] = [plainKernel(), wasm];
  for (const kernel of kernels) for (let i = 0; i < 2; i++) kernel.grow();
  const rows = Int8Array.from({ length: CHUNK_SAMPLES * 128 }, value);
  const probes = Int16Array.from({ length: 128 }, probe);
  for (const kernel of kernels) {
    const { quantised, norms } = kernel.chunks[1] as ChunkMemory;
    quantised.set(rows);
    for (let row = 0; row < CHUNK_SAMPLES; row++) {
      norms[row] = 64 * rows.subarray(row * 128, row * 128 + 128).reduce((sum, q) => sum + q * q, 0);
    }
    kernel.probe.set(probes);
  }
  return kernels;
}

test('WebAssembly and JavaScript find the same samples for any limit and block', () => {
  const random = seededRandom(3);
  const [plain, wasm] = filled(
    () => Math.floor(random() * 255) - 127,
    () => Math.floor(random() * 65535) - 32767,
  );
  for (let limit = -1e8; limit <= 3e8; limit += 1e7) {
    const from = Math.floor(random() * 256) * 4;
    const to = from + Math.floor(random() * (CHUNK_SAMPLES - from + 1));
    expect(scan(wasm, from, to, limit)).toEqual(scan(plain, from, to, limit));
  }
  expect(scan(wasm, 0, CHUNK_SAMPLES, 0x7fffffff)).toHaveLength(CHUNK_SAMPLES);
  expect(scan(wasm, 8, 8, 0x7fffffff)).toEqual([]);
});

test.each([
  ['furthest', -127],
  ['nearest', 127],
])('the %s sample there can be does not overflow', (_, value) => {
  const [plain, wasm] = filled(
    () => value,
    () => 32767,
  );
  const score = 64 * 128 * 127 * 127 - 128 * value * 32767;
  for (const kernel of [plain, wasm]) {
    expect(scan(kernel, 0, 5, score - 1)).toEqual([]);
    expect(scan(kernel, 0, 5, score)).toEqual([0, 1, 2, 3, 4]);
  }
});
