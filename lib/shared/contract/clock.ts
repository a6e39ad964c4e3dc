/**
 * How far the clocks of two servers may differ, ms. What a row dates further ahead was written while a clock ran ahead,
 * and does not count.
 */
export const CLOCK_TOLERANCE_MS = 5 * 60_000;
