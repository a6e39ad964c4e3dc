import { type ImageSource, type LoadedImage, withImage } from '@/lib/server/images/withImage';
import { getRecogniser } from '@/lib/server/vision/getRecogniser';
import type { EncodedFace } from '@/lib/shared/vision/types';

/**
 * Calls `use` with every face of a picture, largest first, and with the picture. The picture is released afterwards. Returns
 * the result of `use`.
 * @throws KithError if the picture cannot be used
 */
export function withFaces<T>(
  source: ImageSource,
  use: (found: { faces: EncodedFace[]; image: LoadedImage }) => Promise<T>,
): Promise<T> {
  return withImage(source, async (image) => {
    return use({ faces: await encodedFaces(image, source.signal), image });
  });
}

/** Returns every face of a picture with its encoding, largest first. */
export function findFaces(source: ImageSource): Promise<EncodedFace[]> {
  return withFaces(source, async ({ faces }) => faces);
}

/**
 * Finds the faces of a picture while this thread does other work, such as queries of the embedded database. The work starts
 * once the picture is decoded. It does not start if the picture cannot be used.
 */
export function findFacesBeside<T>(source: ImageSource, work: () => Promise<T>): Promise<[EncodedFace[], T]> {
  return withImage(source, (image) => Promise.all([encodedFaces(image, source.signal), work()]));
}

async function encodedFaces({ bitmap }: LoadedImage, signal: AbortSignal | undefined): Promise<EncodedFace[]> {
  const recogniser = await getRecogniser();
  return recogniser.analyse({ bitmap, encode: true, signal });
}
