import type { Position } from './types';

/** A detected box, in the pixels of the detector's input. */
export interface Box extends Position {
  /** The detector's confidence, 0–1. */
  score: number;
}

/** Returns the intersection over union of two boxes, 0 (apart) to 1 (the same box). */
export function iou(a: Position, b: Position): number {
  const shared = intersection(a, b);
  return shared / (area(a) + area(b) - shared || 1);
}

/** Returns the intersection area over the area of the smaller box, 0–1. */
export function intersectionOverSmaller(a: Position, b: Position): number {
  return intersection(a, b) / (Math.min(area(a), area(b)) || 1);
}

/**
 * Greedy non-maximum suppression: keeps the box with the highest score of every group that shows the same face. Returns
 * the boxes by descending score.
 * @param same returns whether two boxes show the same face
 */
export function nonMaxSuppression<T extends Box>(boxes: readonly T[], same: (kept: T, candidate: T) => boolean): T[] {
  const kept: T[] = [];
  for (const box of [...boxes].sort((a, b) => b.score - a.score)) {
    if (!kept.some((other) => same(other, box))) kept.push(box);
  }
  return kept;
}

/** Returns the area of a box. */
export function area({ left, top, right, bottom }: Position): number {
  return Math.max(0, right - left) * Math.max(0, bottom - top);
}

function intersection(a: Position, b: Position): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
}
