import { CROWDING_COEFFICIENTS } from '../crowding.coefficients.ts';
import { ENCODING_LENGTH } from '../encoding.ts';

/** Returns a generator of numbers in [0, 1). The same seed gives the same numbers (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000;
  };
}

/** Returns 128 numbers spread evenly over −`reach` … `reach`, around `centre` if given. */
export function randomEncoding(random: () => number, reach = 0.2, centre?: Float32Array): Float32Array {
  const encoding = new Float32Array(ENCODING_LENGTH);
  for (let i = 0; i < ENCODING_LENGTH; i++) encoding[i] = (centre?.[i] ?? 0) + (random() * 2 - 1) * reach;
  return encoding;
}

/**
 * Returns numbers spread like {@link randomEncoding}'s around a centre whose crowding is 1, then moved along the
 * direction in which crowding changes most. The crowding reaches both of its limits.
 */
export function crowdedEncoding(random: () => number, reach = 0.05): Float32Array {
  const { linear } = CROWDING_COEFFICIENTS;
  const along = AVERAGE + (random() * 2 - 1) * 0.7;
  return randomEncoding(
    random,
    reach,
    Float32Array.from(linear, (value) => value * along),
  );
}

/** The smaller multiple of the coefficients at which the sum is 0. */
const AVERAGE = (() => {
  const { bias, linear, square } = CROWDING_COEFFICIENTS;
  const length = linear.reduce((sum, value) => sum + value * value, 0);
  // bias + length · t + square · length · t² = 0
  return (-length + Math.sqrt(length * length - 4 * square * length * bias)) / (2 * square * length);
})();
