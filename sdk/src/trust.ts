/**
 * Version of the function from two encodings to their trust. A server and a phone with different versions could
 * disagree about who somebody is. 1: plain distance. 2: normalised distance.
 */
export const MATCHING_VERSION = 2;

/** How normalised distance becomes trust. One object, so that the source of the fit stays with the numbers. */
export interface TrustCalibration {
  /** The normalised distance with trust 50: one in 1,000 pairs of a mixed set of strangers is accepted there. */
  distance: number;
  /** Steepness of the logistic, in 1 / distance. */
  slope: number;
  /** The data and the command of the fit. */
  source: string;
}

/** The calibration of the model that Kith ships. */
export const TRUST_CALIBRATION: TrustCalibration = {
  distance: 0.4719,
  slope: 59,
  source:
    'npm run bench:fit-trust on 343 strangers of FairFace (58,653 impostor pairs, cross-validated) and 61 press ' +
    'photographs of 13 people (140 genuine pairs), TAR 98.6 % at this distance',
};

/**
 * Returns the trust in "same person" for two encodings `distance` apart, as `normalisedDistance` measures it. It is 0
 * to 100, and 50 at the calibrated distance. It falls strictly with distance until it underflows. The risk at each
 * trust, for each group of people, is in docs/accuracy.md.
 */
export function trust(distance: number, calibration: TrustCalibration = TRUST_CALIBRATION): number {
  return 100 / (1 + Math.exp(calibration.slope * (distance - calibration.distance)));
}

/**
 * Returns the greatest normalised distance whose {@link trust} is at least `trust`; the inverse. 0 gives Infinity. A
 * trust that no distance reaches, such as 100, gives a negative distance, which no sample meets.
 */
export function distanceOfTrust(trust: number, calibration: TrustCalibration = TRUST_CALIBRATION): number {
  return calibration.distance + Math.log(100 / trust - 1) / calibration.slope;
}
