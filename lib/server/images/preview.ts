import sharp from 'sharp';
import type { Bitmap } from '@/lib/shared/vision/types';

/** Maximum side of a preview, in pixels: sharp enough to fill a screen. */
const MAX_PREVIEW_SIDE = 1_600;

/** Returns a JPEG preview of a picture; never larger than the picture. */
export async function previewOf({ data, width, height }: Bitmap): Promise<Uint8Array> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .resize({ width: MAX_PREVIEW_SIDE, height: MAX_PREVIEW_SIDE, fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 82 })
    .toBuffer();
}
