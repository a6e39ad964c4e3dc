import { trust } from '@kith/sdk';

/** The similarity of two encodings, as responses show it. */
export interface Likeness {
  /** 0–100, truncated to two decimals. */
  trust: number;
  /** Normalised distance, rounded to four decimals. */
  distance: number;
}

/**
 * Returns trust and normalised distance for display. Trust is truncated, not rounded: a trust shown as 50 reaches 50, and none
 * is shown as 100, which no distance reaches.
 */
export function likeness(distance: number): Likeness {
  return { trust: Math.floor(trust(distance) * 100) / 100, distance: Math.round(distance * 10_000) / 10_000 };
}

/**
 * Whether a normalised `distance` reaches a trust of `minTrust`, 0–100. The exact trust decides, as on phones and in the SDK.
 * Nothing reaches 100, not even the same picture.
 */
export function reachesTrust(distance: number, minTrust: number): boolean {
  return trust(distance) >= minTrust;
}
