import { isDark } from '@/lib/server/images/isDark';
import { KithError } from '@/lib/shared/contract/errors';
import { iou } from '@/lib/shared/vision/boxes';
import { mainFace } from '@/lib/shared/vision/mainFace';
import type { Bitmap, Face, Position } from '@/lib/shared/vision/types';

/** Which face of a picture with several is meant. */
export interface FaceChoice {
  select: 'single' | 'largest';
  /** The position of the face. It takes precedence over `select`. */
  position?: Position | undefined;
}

/** Minimum IoU of the requested box and the detected one. The picture may have been fetched again. */
const SAME_FACE = 0.3;

/**
 * Returns the face at a position, the only face, or with `largest` the one that `mainFace` chooses.
 * @throws KithError NO_FACE (with `dark` if the picture is dark), SEVERAL_FACES (with `positions`)
 */
export function chooseFace<F extends Face>(
  faces: readonly F[],
  { select, position }: FaceChoice,
  { bitmap }: { bitmap: Bitmap },
): F {
  const [first, ...others] = faces;
  if (!first) throw noFace(bitmap);
  if (position !== undefined) return faceAt(faces, position);
  if (others.length > 0 && select === 'single') {
    throw new KithError(
      'SEVERAL_FACES',
      `There are ${faces.length} faces in the picture. Choose with select=largest.`,
      {
        details: { positions: faces.map(({ position }) => position) },
      },
    );
  }
  return mainFace([first, ...others], bitmap);
}

function noFace(bitmap: Bitmap): KithError {
  if (!isDark(bitmap)) return new KithError('NO_FACE', 'There is no face in the picture.');
  return new KithError('NO_FACE', 'The picture is too dark: no face can be seen. Take it in more light.', {
    details: { dark: true },
  });
}

function faceAt<F extends Face>(faces: readonly F[], position: Position): F {
  const nearest = faces.toSorted((a, b) => iou(b.position, position) - iou(a.position, position))[0];
  if (nearest && iou(nearest.position, position) >= SAME_FACE) return nearest;
  throw new KithError('NO_FACE', 'There is no face at that position.', {
    details: { positions: faces.map((face) => face.position) },
  });
}
