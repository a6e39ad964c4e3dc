import { readFile } from 'node:fs/promises';
import { openImage } from '@/lib/server/images/decode';
import type { Recogniser } from '@/lib/server/vision/recogniser';
import type { Bitmap, EncodedFace } from '@/lib/shared/vision/types';

/** Pictures of more pixels are refused before they are decoded: the server's default limit. */
export const MAX_PIXELS = 60e6;

/**
 * Returns every face of a picture file with its encoding, largest first, with the server's decoder and recogniser.
 * @throws KithError if it is not a picture; errors of the file system
 */
export async function lookAtFile(recogniser: Recogniser, path: string): Promise<EncodedFace[]> {
  const opened = await openImage({ bytes: await readFile(path), maxPixels: MAX_PIXELS });
  return look(recogniser, () => opened.decode());
}

/** The same for pixels, or for a function that returns them when it is their turn. */
export function look(recogniser: Recogniser, bitmap: Bitmap | (() => Promise<Bitmap>)): Promise<EncodedFace[]> {
  return recogniser.analyse({ bitmap, encode: true });
}
