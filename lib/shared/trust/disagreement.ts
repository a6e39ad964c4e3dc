import { crowding, distance } from '@kith/sdk';

/**
 * Normalised distance above which two pictures do not show one person. Of 140 pairs of one person in the calibration,
 * none is above 0.52. Six of seven strangers are above the threshold.
 */
export const DISAGREEMENT_DISTANCE = 0.65;

/** A sample of a person, to compare a new face with. */
export interface KnownSample {
  faceId: number;
  encoding: Float32Array;
}

/**
 * Returns the nearest of a person's samples if even that one beyond doubt shows somebody else. Returns null if the face
 * may be the person's, or if there is no sample. The result refuses a sample (error 2010), so the threshold is one that
 * pictures of one person do not reach. `agreementOf` is less strict. It only warns (`disagrees`) about a stored sample
 * that fewer than half of the others support.
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
