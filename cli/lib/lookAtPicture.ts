import { readFile } from 'node:fs/promises';
import { openImage } from '@/lib/server/images/decode';
import type { Recogniser } from '@/lib/server/vision/recogniser';
import type { Bitmap, EncodedFace } from '@/lib/shared/vision/types';

/** Pictures of more pixels are refused before they are decoded: the server's default limit. */
export const MAX_PIXELS = 60e6;

/**
 * Every face of a picture file with its encoding, the largest first: decoded and recognised as the server does it.
 * @throws KithError when it is no picture; what the file system throws
 */
export async function lookAtFile(recogniser: Recogniser, path: string): Promise<EncodedFace[]> {
  const opened = await openImage({ bytes: await readFile(path), maxPixels: MAX_PIXELS });
  return look(recogniser, () => opened.decode());
}

/** The same for pixels, or what makes them once their turn has come. */
export function look(recogniser: Recogniser, bitmap: Bitmap | (() => Promise<Bitmap>)): Promise<EncodedFace[]> {
  return recogniser.analyse({ bitmap, encode: true });
}
