import { CROWDING_COEFFICIENTS } from './crowding.coefficients.ts';
import { distance } from './distance.ts';
import { ENCODING_LENGTH } from './encoding.ts';

// Local constants: bundlers turn imported ones into getters, which are too slow for the loop below.
const LENGTH = ENCODING_LENGTH;
const { bias, square, least, most } = CROWDING_COEFFICIENTS;
const LINEAR = Float64Array.from(CROWDING_COEFFICIENTS.linear);

/** Minimum {@link crowding} of any encoding, below 1. */
export const LEAST_CROWDING = Math.fround(exponential(least));
/** Maximum {@link crowding} of any encoding, above 1. */
export const MOST_CROWDING = Math.fround(exponential(most));

/**
 * Returns how crowded the space of faces is around an encoding: 1 on average, more where strangers are nearer than
 * usual. It is from {@link LEAST_CROWDING} to {@link MOST_CROWDING} for any input. Distances are multiplied by it.
 *
 * The encoder packs some groups of people closely, so that the same distance is a much greater risk. The crowding is
 * computed from the encoding itself (docs/decisions/0019). There is no extrapolation beyond the data of the fit.
 *
 * The value is a float32, so that it can be stored in four bytes per sample without changing any result. Only additions
 * and multiplications are used, because IEEE 754 defines them to the last bit on every device.
 */
export function crowding(encoding: Float32Array): number {
  let sum = bias;
  for (let i = 0; i < LENGTH; i++) {
    const value = encoding[i] as number;
    sum += ((LINEAR[i] as number) + square * value) * value;
  }
  // NaN fails every comparison, so it gets the strictest value.
  if (!(sum < most)) return MOST_CROWDING;
  return sum > least ? Math.fround(exponential(sum)) : LEAST_CROWDING;
}

/**
 * Returns the distance of two encodings, normalised by {@link crowding} around both. The same value means nearly the
 * same risk for everybody. Symmetric; finite for finite encodings.
 */
export function normalisedDistance(a: Float32Array, b: Float32Array): number {
  return distance(a, b) * (crowding(a) * crowding(b));
}

/**
 * Returns e to the power of x, within 1e-9 for |x| ≤ 0.3, by its Taylor series. `Math.exp` may differ between engines.
 */
function exponential(x: number): number {
  return 1 + x * (1 + (x / 2) * (1 + (x / 3) * (1 + (x / 4) * (1 + (x / 5) * (1 + (x / 6) * (1 + x / 7))))));
}
