import { ENCODING_LENGTH } from './encoding.ts';

// A local constant: bundlers turn an imported one into a getter, which is too slow for the loop below.
const LENGTH = ENCODING_LENGTH;

/**
 * Returns the Euclidean distance of two encodings, 0 to about 1.4. The same distance is not the same risk for
 * everybody. `normalisedDistance` decides whether two faces are one person.
 *
 * This arithmetic defines every result of Kith: float64, summed from the first number to the last. Faster searches only
 * skip samples and then use this function. So all of them agree to the last bit, and ties stay ties.
 */
export function distance(a: Float32Array, b: Float32Array): number {
  return Math.sqrt(squaredDistance(a, 0, b, 0));
}

/**
 * Returns the square of {@link distance} between the encodings that start at `aStart` in `a` and at `bStart` in `b`.
 */
export function squaredDistance(a: Float32Array, aStart: number, b: Float32Array, bStart: number): number {
  let sum = 0;
  for (let i = 0; i < LENGTH; i++) {
    const difference = (a[aStart + i] as number) - (b[bStart + i] as number);
    sum += difference * difference;
  }
  return sum;
}
