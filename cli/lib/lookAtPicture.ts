import { openImage } from '@/lib/server/images/decode';
import type { Recogniser } from '@/lib/server/vision/recogniser';
import { mainFace } from '@/lib/shared/vision/mainFace';
import type { Bitmap, EncodedFace } from '@/lib/shared/vision/types';
import { readPicture } from './openInput';

/** Maximum number of pixels. Larger pictures are refused before they are decoded. It is the server's default limit. */
export const MAX_PIXELS = 60e6;

/**
 * Returns every face of a picture with its encoding, largest first, with the server's decoder and recogniser.
 * @param path a file, an address, or `-` for standard input
 * @throws KithError if it is not a picture; CliError if an address returns nothing; errors of the file system
 */
export async function lookAtFile(recogniser: Recogniser, path: string): Promise<EncodedFace[]> {
  return lookAtBytes(recogniser, await readPicture(path));
}

/** Does the same for the bytes of a picture. */
export async function lookAtBytes(recogniser: Recogniser, bytes: Uint8Array): Promise<EncodedFace[]> {
  const opened = await openImage({ bytes, maxPixels: MAX_PIXELS });
  return look(recogniser, () => opened.decode());
}

/**
 * Returns the encoding of the main face of a picture, as `select=largest` of the API selects it; null without a face.
 * @throws KithError if it is not a picture
 */
export async function encodingOfMainFace(recogniser: Recogniser, bytes: Uint8Array): Promise<Float32Array | null> {
  const opened = await openImage({ bytes, maxPixels: MAX_PIXELS });
  const size = { width: 0, height: 0 };
  const [first, ...others] = await look(recogniser, async () => {
    const bitmap = await opened.decode();
    size.width = bitmap.width;
    size.height = bitmap.height;
    return bitmap;
  });
  return first ? mainFace([first, ...others], size).encoding : null;
}

/** Does the same for pixels, or for a function that returns them when it is their turn. */
export function look(recogniser: Recogniser, bitmap: Bitmap | (() => Promise<Bitmap>)): Promise<EncodedFace[]> {
  return recogniser.analyse({ bitmap, encode: true });
}
