export interface BackOff {
  /** Wait after the first failure, ms. */
  first: number;
  /** How many times as long the wait is after each further failure. */
  growth: number;
  /** Longest wait, ms. */
  longest: number;
}

/** Part of the wait that is added at random, so that what failed together does not come back together. */
const JITTER = 0.2;

/** Milliseconds to wait after so many failures, 1 or more. */
export function backOff(failures: number, { first, growth, longest }: BackOff, random = Math.random): number {
  return Math.min(first * growth ** (failures - 1), longest) * (1 + JITTER * random());
}
