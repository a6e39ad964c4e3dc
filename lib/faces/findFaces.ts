import { type ImageSource, type LoadedImage, withImage } from '@/lib/images/withImage';
import { getRecogniser } from '@/lib/vision/node/getRecogniser';
import type { Face } from '@/lib/vision/types';

/** A face with its encoding. */
export type EncodedFace = Face & { encoding: Float32Array };

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
    const recogniser = await getRecogniser();
    const faces = await recogniser.analyse({ bitmap: image.bitmap, encode: true, signal: source.signal });
    return use({ faces: faces.filter(isEncoded), image });
  });
}

/** The same where only the faces count. */
export function findFaces(source: ImageSource): Promise<EncodedFace[]> {
  return withFaces(source, async ({ faces }) => faces);
}

function isEncoded(face: Face): face is EncodedFace {
  return face.encoding !== undefined;
}
