import { type ImageSource, type LoadedImage, withImage } from '@/lib/server/images/withImage';
import { getRecogniser } from '@/lib/server/vision/getRecogniser';
import type { EncodedFace } from '@/lib/shared/vision/types';

/**
 * Every face of a picture with its encoding, largest first, handed to `use` together with the picture, which is gone
 * afterwards.
 * @throws KithError whatever can be wrong with a picture
 */
export function withFaces<T>(
  source: ImageSource,
  use: (found: { faces: EncodedFace[]; image: LoadedImage }) => Promise<T>,
): Promise<T> {
  return withImage(source, async (image) => {
    return use({ faces: await encodedFaces(image, source.signal), image });
  });
}

/** The same where only the faces count. */
export function findFaces(source: ImageSource): Promise<EncodedFace[]> {
  return withFaces(source, async ({ faces }) => faces);
}

/**
 * The faces of a picture beside other work of this thread, as asking the embedded database is: it begins once the picture
 * is decoded, while others look for faces, and not at all for a picture that cannot be used.
 */
export function findFacesBeside<T>(source: ImageSource, work: () => Promise<T>): Promise<[EncodedFace[], T]> {
  return withImage(source, (image) => Promise.all([encodedFaces(image, source.signal), work()]));
}

async function encodedFaces({ bitmap }: LoadedImage, signal: AbortSignal | undefined): Promise<EncodedFace[]> {
  const recogniser = await getRecogniser();
  return recogniser.analyse({ bitmap, encode: true, signal });
}
