import measured from './calibration.json';

/**
 * One threshold, with its false accept rate (pairs of different people) and true accept rate (pairs of the same
 * person), 0–1.
 */
export interface CurvePoint {
  /** Normalised. */
  distance: number;
  far: number;
  tar: number;
}

const { step, far, tar, ...pairs } = measured;

/** Results of `npm run bench:fit-trust`: the numbers of pairs, and the curve in ascending steps of distance. */
export const CALIBRATION: {
  /**
   * Number of strangers, with one picture each, whose pairs are the impostor pairs. Their distances were measured with
   * fits that did not use them.
   */
  strangers: number;
  /** Numbers of photographs and of people on them, whose pairs are the genuine pairs. */
  photos: number;
  people: number;
  genuine: number;
  impostor: number;
  points: CurvePoint[];
} = {
  ...pairs,
  points: tar.map((accepted, index) => ({
    distance: Math.round(index * step * 1e5) / 1e5,
    far: far[index] ?? 1,
    tar: accepted,
  })),
};

/** Returns the accept rates at a threshold: linear between measured points, the nearest point outside of them. */
export function ratesAt(distance: number, points: readonly CurvePoint[] = CALIBRATION.points): CurvePoint {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) throw new Error('the calibration file has no points');
  if (distance <= first.distance) return { ...first, distance };
  if (distance >= last.distance) return { ...last, distance };
  const after = points.findIndex((point) => point.distance >= distance);
  const [lower, upper] = [points[after - 1] ?? first, points[after] ?? last];
  const part = (distance - lower.distance) / (upper.distance - lower.distance);
  const between = (name: 'far' | 'tar') => lower[name] + part * (upper[name] - lower[name]);
  return { distance, far: between('far'), tar: between('tar') };
}
