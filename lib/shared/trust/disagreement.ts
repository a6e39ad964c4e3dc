import { crowding, distance } from '@kith/sdk';

/**
 * Normalised distance beyond which two pictures do not show one person. Of 140 pairs of one person in the calibration
 * none is above 0.52, and six of seven strangers are above it.
 */
export const DISAGREEMENT_DISTANCE = 0.65;

/** A sample of somebody, to compare a new face with. */
export interface KnownSample {
  faceId: number;
  encoding: Float32Array;
}

/**
 * The nearest of a person's samples when even that one is beyond doubt of somebody else; null when the face may be the
 * person's, and when there is no sample. This refuses a sample (error 2010), so it asks for what no picture of one person
 * reaches. `agreementOf` asks for less: it only warns (`disagrees`) of a stored sample that fewer than half of the others
 * support.
 */
export function disagreement(
  encoding: Float32Array,
  samples: readonly KnownSample[],
): { faceId: number; distance: number } | null {
  const own = crowding(encoding);
  let nearest: { faceId: number; distance: number } | null = null;
  for (const sample of samples) {
    const apart = distance(encoding, sample.encoding) * (own * crowding(sample.encoding));
    if (nearest === null || apart < nearest.distance) nearest = { faceId: sample.faceId, distance: apart };
  }
  return nearest !== null && nearest.distance > DISAGREEMENT_DISTANCE ? nearest : null;
}
