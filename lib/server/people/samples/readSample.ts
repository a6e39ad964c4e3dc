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
 * Reads the chosen face of a picture, and the pictures to store with it.
 * @param storeImages the setting, if known; else it is read
 * @throws KithError NO_FACE, SEVERAL_FACES, POOR_FACE (with `quality` and `position`), or if the picture cannot be used
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
