import { createHash } from 'node:crypto';
import { cropFace } from '@/lib/server/images/crop';
import type { ImageSource } from '@/lib/server/images/withImage';
import { currentSettings } from '@/lib/server/settings/currentSettings';
import { KithError } from '@/lib/shared/contract/errors';
import type { StoreImages } from '@/lib/shared/contract/settings';
import { enrolmentIssue } from '@/lib/shared/vision/quality';
import { chooseFace, type FaceChoice } from './chooseFace';
import { withFaces } from './findFaces';
import { KEPT } from './pictures';
import type { SampleFace } from './store';

/**
 * What a picture gives to keep: the chosen face, if it can be recognised later, and the pictures that the settings keep.
 * @param storeImages what they say, where that is known; else they are asked
 * @throws KithError NO_FACE, SEVERAL_FACES, POOR_FACE (with `quality` and `position`), and what can be wrong with a picture
 */
export function readSample(source: ImageSource, choice: FaceChoice, storeImages?: StoreImages): Promise<SampleFace> {
  return withFaces(source, async ({ faces, image }) => {
    const face = chooseFace(faces, choice, image);
    const reason = enrolmentIssue(face.quality);
    if (reason !== null) {
      const { quality, position } = face;
      throw new KithError('POOR_FACE', reason, { details: { quality, position } });
    }
    const kept = KEPT[storeImages ?? (await currentSettings()).store_images];
    return {
      encoding: face.encoding,
      position: face.position,
      quality: face.quality,
      sourceUrl: image.sourceUrl,
      imageHash: createHash('sha256').update(image.bytes).digest('hex'),
      pictures: {
        ...(kept.includes('crop') && {
          crop: { mime: 'image/jpeg', bytes: await cropFace(image.bitmap, face.position) },
        }),
        ...(kept.includes('original') && { original: { mime: image.mime, bytes: image.bytes } }),
      },
    };
  });
}
