import type { Distances } from './roc';

/** Distance between two points of the curve: fine enough that a pair falls into a point of its own. */
const STEP = 0.002;
/** Beyond it everything is accepted. */
const GREATEST = 1.2;

/** What part of pairs each threshold accepts, 0–1: thresholds begin at 0 and rise by `step`. */
export interface ThresholdCurve {
  step: number;
  /** Of different people. */
  far: number[];
  /** Of the same person. */
  tar: number[];
}

/** Counts what each threshold from 0 to 1.2 accepts. */
export function thresholdCurve({ genuine, impostor }: Distances): ThresholdCurve {
  const thresholds = Array.from({ length: Math.round(GREATEST / STEP) + 1 }, (_, index) => round(index * STEP));
  const accepted = (distances: number[]) =>
    thresholds.map((threshold) =>
      round(distances.filter((distance) => distance <= threshold).length / distances.length),
    );
  return { step: STEP, far: accepted(impostor), tar: accepted(genuine) };
}

const round = (value: number) => Math.round(value * 1e5) / 1e5;
