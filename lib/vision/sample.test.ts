import { expect, test } from 'vitest';
import type { Pixels } from './align';
import { sampleSquare } from './sample';

/** A picture whose red grows to the right and whose green grows downwards. */
function ramp(width: number, height: number, step: number, channels: 3 | 4 = 3): Pixels {
  const data = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set([x * step, y * step, 7], (y * width + x) * channels);
  }
  return { data, width, height, channels };
}

test('the identity gives the picture', () => {
  const picture = ramp(16, 16, 10);
  expect(sampleSquare(picture, { a: 1, b: 0, x: 0, y: 0 }, 16)).toEqual(picture.data);
});

test('RGBA and RGB give the same', () => {
  const similarity = { a: 0.8, b: 0.3, x: 5, y: 1 };
  expect(sampleSquare(ramp(32, 32, 5, 4), similarity, 16)).toEqual(sampleSquare(ramp(32, 32, 5), similarity, 16));
});

test('beyond the edge the edge goes on', () => {
  const out = sampleSquare(ramp(8, 8, 30), { a: 1, b: 0, x: -4, y: 0 }, 8);
  expect([...out.subarray(0, 3)]).toEqual([0, 0, 7]);
  expect(out[3 * 7]).toBe(90);
});

test('a large picture is averaged, not picked from', () => {
  // Columns of black and white: picking every fourth pixel would give stripes or one colour.
  const width = 256;
  const data = new Uint8Array(width * width * 3).map((_, i) => (Math.floor(i / 3) % 2 ? 255 : 0));
  const out = sampleSquare({ data, width, height: width, channels: 3 }, { a: 4, b: 0, x: 0, y: 0 }, 64);
  for (const value of out) expect(Math.abs(value - 128)).toBeLessThanOrEqual(1);
});
