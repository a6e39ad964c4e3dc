import { encodingToBase64 } from '@kith/sdk';
import { caughtUpGallery } from '@/lib/server/gallery/gallery';
import type { ImageSource } from '@/lib/server/images/withImage';
import { THE_SERVER } from '@/lib/server/people/ownership';
import type { detectFaces } from '@/lib/shared/contract/faces';
import type { AnswerOf } from '@/lib/shared/contract/operation';
import { findCandidates, whoIsWho } from './candidates';
import { findFacesBeside } from './findFaces';
import { matchTrust } from './matchTrust';

/**
 * Returns every face of a picture with its encoding and its recognised sample, largest first.
 * @throws KithError if the picture cannot be used
 */
export async function detect(source: ImageSource, caller = THE_SERVER): Promise<AnswerOf<typeof detectFaces>> {
  const [faces, [least, gallery]] = await findFacesBeside(source, () => Promise.all([matchTrust(), caughtUpGallery()]));
  const candidates = await findCandidates(
    faces.map(({ encoding }) => encoding),
    { limit: 1, gallery, groups: caller.groups },
  );
  const { known } = whoIsWho(candidates, least);
  return {
    faces: faces.map(({ encoding, position, landmarks, quality }, index) => ({
      face_id: known[index]?.faceId ?? null,
      face_encoding: encodingToBase64(encoding),
      position,
      landmarks: points(landmarks),
      quality,
    })),
  };
}

/** Converts interleaved coordinates to pairs, rounded to hundredths of a pixel. */
function points(landmarks: Float32Array): [number, number][] {
  return Array.from({ length: landmarks.length / 2 }, (_, i) => [
    hundredths(landmarks[2 * i] ?? 0),
    hundredths(landmarks[2 * i + 1] ?? 0),
  ]);
}

const hundredths = (value: number) => Math.round(value * 100) / 100;
