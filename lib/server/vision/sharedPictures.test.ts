import { describe, expect, test } from 'vitest';
import { SharedPictures } from './sharedPictures';

const bitmap = (width: number, height: number, value: number) => ({
  data: new Uint8Array(width * height * 3).fill(value),
  width,
  height,
});

describe('SharedPictures', () => {
  test('shares the picture, and reuses its memory for the next of the same size', async () => {
    const pictures = new SharedPictures(2);
    const first = await pictures.with(bitmap(40, 30, 7), async ({ pixels, width, height }) => {
      expect([width, height]).toEqual([40, 30]);
      expect(new Uint8Array(pixels, 0, 40 * 30 * 3)).toEqual(new Uint8Array(3600).fill(7));
      return pixels;
    });
    const second = await pictures.with(bitmap(36, 30, 9), async ({ pixels }) => pixels);
    expect(second).toBe(first);
    expect(new Uint8Array(second)[0]).toBe(9);
  });

  test('two concurrent pictures never share memory', async () => {
    const pictures = new SharedPictures(2);
    await pictures.with(bitmap(10, 10, 1), (outer) =>
      pictures.with(bitmap(10, 10, 2), async (inner) => {
        expect(inner.pixels).not.toBe(outer.pixels);
        expect(new Uint8Array(outer.pixels)[0]).toBe(1);
      }),
    );
  });

  test('keeps the largest buffers, and reuses the buffer of a failed call', async () => {
    const pictures = new SharedPictures(1);
    const buffer = (side: number) => pictures.with(bitmap(side, side, 0), async ({ pixels }) => pixels);
    const large = await buffer(100);
    await pictures.with(bitmap(100, 100, 0), () => buffer(10));
    await expect(pictures.with(bitmap(100, 100, 0), () => Promise.reject(new Error('failed')))).rejects.toThrow();
    expect(await buffer(10)).toBe(large);
  });
});
