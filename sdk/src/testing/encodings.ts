import { CROWDING_COEFFICIENTS } from '../crowding.coefficients.ts';
import { ENCODING_LENGTH } from '../encoding.ts';

/** A generator of numbers in [0, 1) that gives the same ones for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000;
  };
}

/** 128 numbers spread evenly over −`reach` … `reach`, around `centre` if there is one. */
export function randomEncoding(random: () => number, reach = 0.2, centre?: Float32Array): Float32Array {
  const encoding = new Float32Array(ENCODING_LENGTH);
  for (let i = 0; i < ENCODING_LENGTH; i++) encoding[i] = (centre?.[i] ?? 0) + (random() * 2 - 1) * reach;
  return encoding;
}

/**
 * Numbers spread like {@link randomEncoding}'s around a centre whose crowding is 1, and moved along the direction in
 * which crowding changes most: values up to both of its limits and beyond.
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

/** The multiple of the coefficients at which the sum is 0, the smaller one. */
const AVERAGE = (() => {
  const { bias, linear, square } = CROWDING_COEFFICIENTS;
  const length = linear.reduce((sum, value) => sum + value * value, 0);
  // bias + length · t + square · length · t² = 0
  return (-length + Math.sqrt(length * length - 4 * square * length * bias)) / (2 * square * length);
})();
