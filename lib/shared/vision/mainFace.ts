import type { Face } from './types';

/** Size of a picture in pixels. */
export interface PictureSize {
  width: number;
  height: number;
}

/** Minimum sharpness of a face that is not a bystander out of focus. */
const IN_FOCUS = 0.4;
/** Minimum weight of a blurred face, and of one in a corner, relative to a crisp one in the middle. */
const BLURRED = 0.25;
const CORNER = 0.6;

/**
 * Returns the face that a picture is about: the largest one, weighted by sharpness and position. A blurred face must be
 * four times as wide as a crisp one. A face in the corner must be 1.7 times as wide as one in the middle.
 * @param faces at least one
 */
export function mainFace<F extends Face>(faces: readonly [F, ...F[]], picture: PictureSize): F {
  return faces.reduce((best, face) => (prominence(face, picture) > prominence(best, picture) ? face : best));
}

function prominence({ position, quality }: Face, { width, height }: PictureSize): number {
  const { left, top, right, bottom } = position;
  const side = Math.sqrt((right - left) * (bottom - top));
  const focus = BLURRED + (1 - BLURRED) * Math.min(1, quality.sharpness / IN_FOCUS);
  const away = Math.hypot((left + right) / width - 1, (top + bottom) / height - 1) / Math.SQRT2;
  return side * focus * (1 - (1 - CORNER) * Math.min(1, away));
}
