import { ENCODING_LENGTH } from './encoding.ts';

// A constant of this module: bundlers turn an imported one into a getter, too slow for the loop below.
const LENGTH = ENCODING_LENGTH;

/**
 * The Euclidean distance of two encodings, 0 to about 1.4. The same distance is not the same risk for everybody: whether
 * two faces are one person is decided by `normalisedDistance`.
 *
 * This is the arithmetic every answer of Kith is defined by: float64, summed from the first number to the last. Faster
 * ways to search are only ways to skip samples, and end here, so that all of them agree to the last bit and ties stay
 * ties.
 */
export function distance(a: Float32Array, b: Float32Array): number {
  return Math.sqrt(squaredDistance(a, 0, b, 0));
}

/** The square of {@link distance} between the encodings that start at `aStart` in `a` and at `bStart` in `b`. */
export function squaredDistance(a: Float32Array, aStart: number, b: Float32Array, bStart: number): number {
  let sum = 0;
  for (let i = 0; i < LENGTH; i++) {
    const difference = (a[aStart + i] as number) - (b[bStart + i] as number);
    sum += difference * difference;
  }
  return sum;
}
