export interface BackOff {
  /** Wait after the first failure, ms. */
  first: number;
  /** Factor of the wait after each further failure. */
  growth: number;
  /** Longest wait, ms. */
  longest: number;
}

/** Random part of the wait, so that jobs that failed together do not retry together. */
const JITTER = 0.2;

/** Returns the milliseconds to wait after this many failures (1 or more). */
export function backOff(failures: number, { first, growth, longest }: BackOff, random = Math.random): number {
  return Math.min(first * growth ** (failures - 1), longest) * (1 + JITTER * random());
}
