import type { Bitmap } from '@/lib/shared/vision/types';

/** A picture is dark if nine of ten pixels are below this luma (BT.601), 0–255. Faces are still found at half of it. */
const DARK = 40;
const PART = 0.9;
/** Number of pixels examined. */
const LOOKED_AT = 20_000;

/** Returns whether a picture is too dark to see anything in it. Reads some 20,000 of its pixels. */
export function isDark({ data, width, height }: Bitmap): boolean {
  const pixels = width * height;
  const step = Math.max(1, Math.floor(pixels / LOOKED_AT));
  let dark = 0;
  let seen = 0;
  for (let pixel = 0; pixel < pixels; pixel += step) {
    const i = pixel * 3;
    const luma = 0.299 * (data[i] as number) + 0.587 * (data[i + 1] as number) + 0.114 * (data[i + 2] as number);
    if (luma < DARK) dark++;
    seen++;
  }
  return dark >= seen * PART;
}
