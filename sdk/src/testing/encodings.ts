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
