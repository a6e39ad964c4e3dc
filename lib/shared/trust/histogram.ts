/** Width of a bin, in distance. */
export const BIN = 0.02;
/** Number of bins; the last one holds all larger distances. */
export const BINS = 60;

/** Histogram of the distances of pairs. */
export interface Histogram {
  pairs: number;
  bins: number[];
}

export interface GalleryDistances {
  /** Pairs of samples of one person. */
  same: Histogram;
  /** Pairs of samples of different people. */
  different: Histogram;
}

/**
 * Returns the fraction of pairs that a threshold accepts, 0–1, interpolated within a bin; null when there are no pairs.
 */
export function acceptedPart({ pairs, bins }: Histogram, distance: number): number | null {
  if (pairs === 0) return null;
  const accepted = bins.reduce((sum, count, bin) => {
    const part = Math.min(1, Math.max(0, (distance - bin * BIN) / BIN));
    return sum + count * part;
  }, 0);
  return accepted / pairs;
}
