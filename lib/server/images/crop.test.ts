import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Bitmap } from '@/lib/shared/vision/types';
import { cropFace, MAX_CROP_SIDE } from './crop';

/** Returns a grey picture, red where `inside` returns true. */
function picture(width: number, height: number, inside: (x: number, y: number) => boolean): Bitmap {
  const data = new Uint8Array(width * height * 3).fill(128);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) if (inside(x, y)) data.set([255, 0, 0], (y * width + x) * 3);
  }
  return { data, width, height };
}

describe('cropFace', () => {
  test('shows the face in the middle with a margin around it', async () => {
    const box = { left: 300, top: 200, right: 400, bottom: 300 };
    const bitmap = picture(640, 480, (x, y) => x >= 300 && x < 400 && y >= 200 && y < 300);
    const { data, info } = await sharp(await cropFace(bitmap, box))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 170, height: 170, channels: 3 });
    const red = (x: number, y: number) => (data[(y * 170 + x) * 3] ?? 0) > 190;
    expect([red(85, 85), red(40, 85), red(130, 130)]).toEqual([true, true, true]);
    expect([red(5, 5), red(25, 85), red(145, 85)]).toEqual([false, false, false]);
  });

  test.each([
    ['beyond the left and top', { left: -60, top: -60, right: 60, bottom: 60 }],
    ['beyond the right and bottom', { left: 600, top: 440, right: 720, bottom: 560 }],
    ['larger than the picture', { left: -500, top: -500, right: 1500, bottom: 1500 }],
    ['outside of it', { left: 5000, top: 5000, right: 5100, bottom: 5100 }],
    ['wide', { left: 0, top: 200, right: 640, bottom: 210 }],
    ['without extent', { left: 10, top: 10, right: 10, bottom: 10 }],
  ])('a box %s gives a square within the picture', async (_what, box) => {
    const crop = await cropFace(
      picture(640, 480, () => true),
      box,
    );
    const { width, height, format, exif } = await sharp(crop).metadata();
    expect({ format, exif }).toEqual({ format: 'jpeg', exif: undefined });
    expect(width).toBe(height);
    expect(width).toBeLessThanOrEqual(MAX_CROP_SIDE);
  });

  test('is never larger than 256 pixels, nor larger than the picture', async () => {
    const side = async (bitmap: Bitmap, box: { left: number; top: number; right: number; bottom: number }) =>
      (await sharp(await cropFace(bitmap, box)).metadata()).width;
    const large = picture(1200, 1000, () => true);
    expect(await side(large, { left: 100, top: 100, right: 800, bottom: 900 })).toBe(256);
    const tiny = picture(3, 1, () => true);
    expect(await side(tiny, { left: 0, top: 0, right: 3, bottom: 1 })).toBe(1);
  });
});
