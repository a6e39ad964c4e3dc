import sharp from 'sharp';
import type { Bitmap } from '@/lib/shared/vision/types';

/** The longest side of a preview, in pixels: sharp enough to fill a screen. */
const MAX_PREVIEW_SIDE = 1_600;

/** A JPEG of a picture to look at; never larger than the picture. */
export async function previewOf({ data, width, height }: Bitmap): Promise<Uint8Array> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .resize({ width: MAX_PREVIEW_SIDE, height: MAX_PREVIEW_SIDE, fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 82 })
    .toBuffer();
}
