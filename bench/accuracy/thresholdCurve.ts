import type { Distances } from './roc';

/** Distance between two points of the curve. */
const STEP = 0.01;
/** Beyond it everything is accepted. */
const GREATEST = 1.2;

/** What part of impostor and genuine pairs each threshold accepts, from 0 to 1.2 in steps of 0.01. */
export function thresholdCurve({ genuine, impostor }: Distances): { distance: number; far: number; tar: number }[] {
  const part = (distances: number[], threshold: number) =>
    round(distances.filter((distance) => distance <= threshold).length / distances.length);
  return Array.from({ length: Math.round(GREATEST / STEP) + 1 }, (_, index) => {
    const distance = Math.round(index * STEP * 100) / 100;
    return { distance, far: part(impostor, distance), tar: part(genuine, distance) };
  });
}

const round = (value: number) => Math.round(value * 1e5) / 1e5;
