import { expect, test } from 'vitest';
import { quantiseKernel } from './quantise';

test('quantises each output channel with its own scale, within half a step', () => {
  const data = Float32Array.from([0.5, -1, 0.25, 0, 100, -30, 7, 1]);
  const { values, scales } = quantiseKernel({ shape: [2, 4, 1, 1], data });
  expect(Math.max(...values)).toBe(63);
  data.forEach((weight, i) => {
    const scale = scales[i < 4 ? 0 : 1] ?? 0;
    expect(Math.abs((values[i] ?? 0) * scale - weight)).toBeLessThanOrEqual(scale * 0.501);
  });
});

test('a channel of zeros stays zero', () => {
  const { values, scales } = quantiseKernel({ shape: [1, 2, 1, 1], data: new Float32Array(2) });
  expect([...values]).toEqual([0, 0]);
  expect(scales[0]).toBeGreaterThan(0);
});
