import { expect, test } from 'vitest';
import type { Pixels } from './align';
import { Sampler } from './sample';

/** A picture whose red increases to the right and whose green increases downwards. */
function ramp(width: number, height: number, step: number, channels: 3 | 4 = 3): Pixels {
  const data = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set([x * step, y * step, 7], (y * width + x) * channels);
  }
  return { data, width, height, channels };
}

test('returns the picture for the identity', () => {
  const picture = ramp(16, 16, 10);
  expect(new Sampler(picture).square({ a: 1, b: 0, x: 0, y: 0 }, 16)).toEqual(picture.data);
});

test('returns the same for RGBA and RGB', () => {
  const similarity = { a: 0.8, b: 0.3, x: 5, y: 1 };
  const [rgba, rgb] = ([4, 3] as const).map((channels) =>
    new Sampler(ramp(32, 32, 5, channels)).square(similarity, 16),
  );
  expect(rgba).toEqual(rgb);
});

test('repeats the edge pixels outside the picture', () => {
  const out = new Sampler(ramp(8, 8, 30)).square({ a: 1, b: 0, x: -4, y: 0 }, 8);
  expect([...out.subarray(0, 3)]).toEqual([0, 0, 7]);
  expect(out[3 * 7]).toBe(90);
});

test('averages a large picture instead of picking pixels', () => {
  // Columns of black and white: picking every fourth pixel would return stripes or a single colour.
  const width = 256;
  const data = new Uint8Array(width * width * 3).map((_, i) => (Math.floor(i / 3) % 2 ? 255 : 0));
  const out = new Sampler({ data, width, height: width, channels: 3 }).square({ a: 4, b: 0, x: 0, y: 0 }, 64);
  for (const value of out) expect(Math.abs(value - 128)).toBeLessThanOrEqual(1);
});

test('returns the same square whatever was sampled before', () => {
  const data = new Uint8Array(300 * 200 * 3).map((_, i) => (i * 2654435761) >>> 24);
  const picture: Pixels = { data, width: 300, height: 200, channels: 3 };
  const kept = new Sampler(picture);
  // Two squares inside the picture, one beyond its edge, one of another size.
  for (const [scale, angle, x, y] of [
    [2.2, 0.1, 60, 30],
    [2.3, 0.2, 64, 28],
    [2.2, 0.1, -30, 120],
    [4.5, -0.3, 10, 40],
    [2.1, 0, 62, 33],
  ] as const) {
    const similarity = { a: scale * Math.cos(angle), b: scale * Math.sin(angle), x, y };
    expect(kept.square(similarity, 48)).toEqual(new Sampler(picture).square(similarity, 48));
  }
});
