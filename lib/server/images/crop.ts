import sharp from 'sharp';
import type { Bitmap, Position } from '@/lib/shared/vision/types';

/** Maximum side of a crop, in pixels: sharp on a dense screen at the console's size, and about 10 KB. */
export const MAX_CROP_SIDE = 256;

/**
 * Margin on each side, relative to the box. It includes hair, chin and ears, which help people to recognise somebody.
 */
const MARGIN = 0.35;

/**
 * Returns a square JPEG of one face for people to look at. The square is moved, and shrunk if needed, to lie within the
 * picture, whatever the box.
 *
 * @returns JPEG bytes, at most `MAX_CROP_SIDE` pixels a side, without metadata
 */
export async function cropFace(bitmap: Bitmap, position: Position): Promise<Uint8Array> {
  const { left, top, side } = squareWithin(bitmap, position);
  const pixels = new Uint8Array(side * side * 3);
  // Row by row, because passing the whole picture to sharp would copy it.
  for (let row = 0; row < side; row++) {
    const start = ((top + row) * bitmap.width + left) * 3;
    pixels.set(bitmap.data.subarray(start, start + side * 3), row * side * 3);
  }
  return sharp(pixels, { raw: { width: side, height: side, channels: 3 }, limitInputPixels: false })
    .resize({ width: MAX_CROP_SIDE, height: MAX_CROP_SIDE, fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 85 })
    .toBuffer();
}

function squareWithin(bitmap: Bitmap, position: Position): { left: number; top: number; side: number } {
  const longer = Math.max(position.right - position.left, position.bottom - position.top);
  const side = clamp(Math.round(longer * (1 + 2 * MARGIN)), 1, Math.min(bitmap.width, bitmap.height));
  const left = Math.round((position.left + position.right - side) / 2);
  const top = Math.round((position.top + position.bottom - side) / 2);
  return { side, left: clamp(left, 0, bitmap.width - side), top: clamp(top, 0, bitmap.height - side) };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
