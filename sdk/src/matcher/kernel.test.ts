import { expect, test } from 'vitest';
import { seededRandom } from '../testing/encodings.ts';
import { CHUNK_SAMPLES, type ChunkMemory, type Kernel, type ScanLimit } from './kernel.ts';
import { plainKernel } from './plainKernel.ts';
import { wasmKernel } from './wasmKernel.ts';

function scan(kernel: Kernel, from: number, to: number, limit: Partial<ScanLimit>): number[] {
  return Array.from(kernel.hits.subarray(0, kernel.scan(1, from, to, { reach: 0, error: 0, norm: 0, ...limit })));
}

/** Both kernels with two chunks; the second chunk has the same content. */
function filled(value: () => number, probe: () => number): [Kernel, Kernel] {
  const wasm = wasmKernel();
  if (!wasm) throw new Error('this runtime does not support WebAssembly SIMD');
  const kernels: [Kernel, Kernel] = [plainKernel(), wasm];
  for (const kernel of kernels) for (let i = 0; i < 2; i++) kernel.grow();
  const rows = Int8Array.from({ length: CHUNK_SAMPLES * 128 }, value);
  const probes = Int16Array.from({ length: 128 }, probe);
  const random = seededRandom(4);
  const crowdings = Float32Array.from({ length: CHUNK_SAMPLES }, () => 0.5 + random());
  for (const kernel of kernels) {
    const { quantised, norms, crowding } = kernel.chunks[1] as ChunkMemory;
    quantised.set(rows);
    crowding.set(crowdings);
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
  const counts = new Set<number>();
  for (let reach = 0; reach <= 3000; reach += 20) {
    const from = Math.floor(random() * 256) * 4;
    const to = from + Math.floor(random() * (CHUNK_SAMPLES - from + 1));
    const limit = {
      reach: Math.fround(reach * random()),
      error: Math.fround(100 * random()),
      norm: Math.floor(1e8 * random()),
    };
    const found = scan(plain, from, to, limit);
    expect(scan(wasm, from, to, limit)).toEqual(found);
    counts.add(found.length);
  }
  expect(counts.size).toBeGreaterThan(20);
  for (const kernel of [plain, wasm]) {
    expect(scan(kernel, 0, CHUNK_SAMPLES, { reach: Infinity, norm: 2 ** 29 })).toHaveLength(CHUNK_SAMPLES);
    expect(scan(kernel, 8, 8, { reach: Infinity })).toEqual([]);
  }
});

test('the crowding of a row narrows what is within reach of it', () => {
  const [plain, wasm] = filled(
    () => 0,
    () => 0,
  );
  for (const kernel of [plain, wasm]) {
    const { crowding } = kernel.chunks[1] as ChunkMemory;
    crowding.set([1, 1.25, 0.75, 1, 2]);
    // Every score is 0: within reach where 64 · (1 / crowding)² is at least the norm.
    expect(scan(kernel, 0, 5, { reach: 1, norm: 64 })).toEqual([0, 2, 3]);
    expect(scan(kernel, 0, 5, { reach: 1, error: 0.5, norm: 64 })).toEqual([0, 1, 2, 3, 4]);
    expect(scan(kernel, 0, 5, { reach: 1, norm: 16 })).toEqual([0, 1, 2, 3, 4]);
  }
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
    (kernel.chunks[1] as ChunkMemory).crowding.fill(1);
    // The limit is 64 · radius², as float32 counts it.
    const radius = (limit: number) => ({ reach: Math.fround(Math.sqrt(Math.max(0, limit) / 64)) });
    if (score > 0) expect(scan(kernel, 0, 5, radius(score * (1 - 1e-5)))).toEqual([]);
    else expect(scan(kernel, 0, 5, { norm: 1 - score })).toEqual([]);
    const nearest = score > 0 ? radius(score * (1 + 1e-5)) : { norm: -score };
    expect(scan(kernel, 0, 5, nearest)).toEqual([0, 1, 2, 3, 4]);
  }
});
