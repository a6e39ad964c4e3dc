import measured from './calibration.json';

/** One threshold: the parts of pairs of different people and of the same person that it accepts, 0–1. */
export interface CurvePoint {
  distance: number;
  far: number;
  tar: number;
}

const { step, far, tar, ...pairs } = measured;

/** What `npm run bench:fit-trust` measured: how many pairs, and the curve in rising steps of distance. */
export const CALIBRATION: {
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

/** What a threshold accepts, straight between the points that were measured; outside of them, as the nearest. */
export function ratesAt(distance: number, points: readonly CurvePoint[] = CALIBRATION.points): CurvePoint {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) throw new Error('the calibration has no points');
  if (distance <= first.distance) return { ...first, distance };
  if (distance >= last.distance) return { ...last, distance };
  const after = points.findIndex((point) => point.distance >= distance);
  const [lower, upper] = [points[after - 1] ?? first, points[after] ?? last];
  const part = (distance - lower.distance) / (upper.distance - lower.distance);
  const between = (name: 'far' | 'tar') => lower[name] + part * (upper[name] - lower[name]);
  return { distance, far: between('far'), tar: between('tar') };
}
