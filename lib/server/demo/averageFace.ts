import { CROWDING_COEFFICIENTS, ENCODING_LENGTH } from '@kith/sdk';

/**
 * Returns a centre for synthetic people: with `deviation` as the standard deviation of each component around it, their
 * crowding is 1 on average, as that of real faces is. The encoding belongs to nobody: it is a multiple of the
 * coefficients of crowding.
 */
export function averageFace(deviation: number): Float32Array {
  const { bias, linear, square } = CROWDING_COEFFICIENTS;
  const length = linear.reduce((sum, value) => sum + value * value, 0);
  // The mean of the fitted sum over t · linear + noise is 0: a quadratic equation in t.
  const constant = bias + square * ENCODING_LENGTH * deviation ** 2;
  const factor = (-length + Math.sqrt(length * length - 4 * square * length * constant)) / (2 * square * length);
  return Float32Array.from(linear, (value) => value * factor);
}
