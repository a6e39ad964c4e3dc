/** Quality in three words, for people. */
export const QUALITY_BANDS = ['good', 'fair', 'poor'] as const;
export type QualityBand = (typeof QUALITY_BANDS)[number];

/** Scores of each band: `from` included, `below` not. A good sample is recognised in almost any picture. */
export const QUALITY_RANGE: Record<QualityBand, { from: number; below: number }> = {
  good: { from: 0.5, below: Number.MAX_VALUE },
  fair: { from: 0.25, below: 0.5 },
  poor: { from: 0, below: 0.25 },
};

/** @param score 0–1, the quality's score */
export function qualityBand(score: number): QualityBand {
  if (score >= QUALITY_RANGE.good.from) return 'good';
  return score >= QUALITY_RANGE.fair.from ? 'fair' : 'poor';
}
