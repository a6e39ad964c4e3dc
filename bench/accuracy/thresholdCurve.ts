import type { Distances } from './roc';

/** Step between two points of the curve, in distance. It is so small that each pair changes one point. */
const STEP = 0.002;
/** End of the curve. Practically every pair is nearer. */
const MAX_DISTANCE = 1.2;

/** Fraction of pairs that each threshold accepts, 0–1. Thresholds start at 0 and rise by `step`. */
export interface ThresholdCurve {
  step: number;
  /** Pairs of different people. */
  far: number[];
  /** Pairs of the same person. */
  tar: number[];
}

/** Computes the fractions that each threshold from 0 to 1.2 accepts. */
export function thresholdCurve({ genuine, impostor }: Distances): ThresholdCurve {
  const thresholds = Array.from({ length: Math.round(MAX_DISTANCE / STEP) + 1 }, (_, index) => round(index * STEP));
  const accepted = (distances: number[]) =>
    thresholds.map((threshold) =>
      round(distances.filter((distance) => distance <= threshold).length / distances.length),
    );
  return { step: STEP, far: accepted(impostor), tar: accepted(genuine) };
}

const round = (value: number) => Math.round(value * 1e5) / 1e5;
