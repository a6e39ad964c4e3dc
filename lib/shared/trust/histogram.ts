/** Width of a bin, as a distance. */
export const BIN = 0.02;
/** Bins of a histogram; the last holds everything beyond. */
export const BINS = 60;

/** How many pairs lie how far apart. */
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

/** The part of pairs that a threshold accepts, 0–1, as exact as the bins are; null when there are no pairs. */
export function acceptedPart({ pairs, bins }: Histogram, distance: number): number | null {
  if (pairs === 0) return null;
  const accepted = bins.reduce((sum, count, bin) => {
    const part = Math.min(1, Math.max(0, (distance - bin * BIN) / BIN));
    return sum + count * part;
  }, 0);
  return accepted / pairs;
}
