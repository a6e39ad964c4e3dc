import { KithError } from '@/lib/shared/contract/errors';
import { iou } from '@/lib/shared/vision/boxes';
import type { Face, Position } from '@/lib/shared/vision/types';

/** Which face of a picture with several is meant. */
export interface FaceChoice {
  select: 'single' | 'largest';
  /** The position of the face. It takes precedence over `select`. */
  position?: Position | undefined;
}

/** Minimum IoU of the requested box and the detected one. The picture may have been fetched again. */
const SAME_FACE = 0.3;

/**
 * Returns the face at a position, the only face, or with `largest` the largest one.
 * @param faces largest first
 * @throws KithError NO_FACE, SEVERAL_FACES (with `positions`)
 */
export function chooseFace<F extends Face>(faces: readonly F[], { select, position }: FaceChoice): F {
  const [largest, ...others] = faces;
  if (!largest) throw new KithError('NO_FACE', 'There is no face in the picture.');
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
  return largest;
}

function faceAt<F extends Face>(faces: readonly F[], position: Position): F {
  const nearest = faces.toSorted((a, b) => iou(b.position, position) - iou(a.position, position))[0];
  if (nearest && iou(nearest.position, position) >= SAME_FACE) return nearest;
  throw new KithError('NO_FACE', 'There is no face at that position.', {
    details: { positions: faces.map((face) => face.position) },
  });
}
