import { trust } from '@kith/sdk';

/** How alike two encodings are, as answers show it. */
export interface Likeness {
  /** 0–100, to two decimals. */
  trust: number;
  /** Euclidean distance, to four decimals. */
  distance: number;
}

/**
 * Trust and distance as they are shown. Thresholds are compared with these rounded values, so that nothing is ever
 * shown with a trust of 50 and not recognised at 50.
 */
export function likeness(distance: number): Likeness {
  return { trust: Math.round(trust(distance) * 100) / 100, distance: Math.round(distance * 10_000) / 10_000 };
}
