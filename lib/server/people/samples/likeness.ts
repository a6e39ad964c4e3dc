import { trust } from '@kith/sdk';

/** How alike two encodings are, as answers show it. */
export interface Likeness {
  /** 0–100, cut off after two decimals. */
  trust: number;
  /** Normalised distance, to four decimals. */
  distance: number;
}

/**
 * Trust and normalised distance as they are shown. Trust is cut off, not rounded: what is shown as 50 does reach 50, and nothing
 * is shown as 100, which no distance reaches.
 */
export function likeness(distance: number): Likeness {
  return { trust: Math.floor(trust(distance) * 100) / 100, distance: Math.round(distance * 10_000) / 10_000 };
}

/**
 * Whether faces a normalised `distance` apart count as the same person from a trust of `minTrust`, 0–100, on. The exact trust
 * decides, as on phones and in the SDK; 100 is therefore reached by nobody, not even by the same picture again.
 */
export function reachesTrust(distance: number, minTrust: number): boolean {
  return trust(distance) >= minTrust;
}
