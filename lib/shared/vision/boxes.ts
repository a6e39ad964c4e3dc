import type { Position } from './types';

/** A box that a detector found, in whatever pixels it looked at. */
export interface Box extends Position {
  /** The detector's confidence, 0–1. */
  score: number;
}

/** How much two boxes cover each other: the area of what they share over the area of both together, 0–1. */
export function overlap(a: Position, b: Position): number {
  const shared = intersection(a, b);
  return shared / (area(a) + area(b) - shared || 1);
}

/** How much of the smaller box the two share, 0–1. */
export function containment(a: Position, b: Position): number {
  return intersection(a, b) / (Math.min(area(a), area(b)) || 1);
}

/**
 * Keeps the best box of every group that shows the same face (greedy non-maximum suppression, best score first).
 * @param same tells whether two boxes show the same face
 */
export function suppress<T extends Box>(boxes: readonly T[], same: (kept: T, candidate: T) => boolean): T[] {
  const kept: T[] = [];
  for (const box of [...boxes].sort((a, b) => b.score - a.score)) {
    if (!kept.some((other) => same(other, box))) kept.push(box);
  }
  return kept;
}

function area({ left, top, right, bottom }: Position): number {
  return Math.max(0, right - left) * Math.max(0, bottom - top);
}

function intersection(a: Position, b: Position): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
}
