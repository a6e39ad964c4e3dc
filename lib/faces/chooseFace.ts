import { KithError } from '@/lib/contract/errors';
import type { Face } from '@/lib/vision/types';

/**
 * The face that a picture is about: its only one, or the largest when that was asked for.
 * @param faces largest first
 * @throws KithError NO_FACE, SEVERAL_FACES (with `positions`)
 */
export function chooseFace<F extends Face>(faces: readonly F[], select: 'single' | 'largest'): F {
  const [largest, ...others] = faces;
  if (!largest) throw new KithError('NO_FACE', 'There is no face in the picture.');
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
