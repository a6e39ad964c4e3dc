/** How distance becomes trust. One object, so that what it was fitted on stays with the numbers. */
export interface TrustCalibration {
  /** The distance that gets trust 50: where one in 1,000 pairs of different people is accepted. */
  distance: number;
  /** Steepness of the logistic, in 1 / distance. */
  slope: number;
  /** What the numbers were fitted on, and by which command. */
  source: string;
}

/** The calibration of the model Kith ships. */
export const TRUST_CALIBRATION: TrustCalibration = {
  distance: 0.532,
  slope: 44,
  source:
    'npm run bench:fit-trust on 61 press photographs of 13 people: 140 genuine and 1,690 impostor pairs, ' +
    'TAR 97.1 % at this distance',
};

/**
 * Trust in "same person" for two encodings `distance` apart: 0 to 100, strictly falling with distance until it
 * underflows, 50 at the calibrated distance.
 */
export function trust(distance: number, calibration: TrustCalibration = TRUST_CALIBRATION): number {
  return 100 / (1 + Math.exp(calibration.slope * (distance - calibration.distance)));
}

/**
 * The greatest distance whose {@link trust} is at least `trust`; the inverse. 0 gives Infinity. A trust that no
 * distance reaches, 100 among them, gives a distance below zero, which nothing passes.
 */
export function distanceOfTrust(trust: number, calibration: TrustCalibration = TRUST_CALIBRATION): number {
  return calibration.distance + Math.log(100 / trust - 1) / calibration.slope;
}
