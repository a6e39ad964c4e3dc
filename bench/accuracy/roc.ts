/** Distances of pairs of the same person (genuine) and of different people (impostor). */
export interface Distances {
  genuine: number[];
  impostor: number[];
}

/** One threshold, with the fractions of impostor and genuine pairs that it accepts. */
export interface RocPoint {
  threshold: number;
  far: number;
  tar: number;
}

/** Returns TAR and FAR at every distance where one of them changes, by ascending threshold. */
export function rocPoints({ genuine, impostor }: Distances): RocPoint[] {
  const all = [...genuine.map((d) => ({ d, same: true })), ...impostor.map((d) => ({ d, same: false }))];
  all.sort((a, b) => a.d - b.d);
  const points: RocPoint[] = [{ threshold: 0, far: 0, tar: 0 }];
  let accepted = 0;
  let falsely = 0;
  all.forEach(({ d, same }, i) => {
    if (same) accepted++;
    else falsely++;
    if (all[i + 1]?.d !== d) {
      points.push({ threshold: d, far: falsely / (impostor.length || 1), tar: accepted / (genuine.length || 1) });
    }
  });
  return points;
}

/** Returns the best point whose FAR is at most `far`. */
export function atFar(points: RocPoint[], far: number): RocPoint {
  const allowed = points.filter((point) => point.far <= far);
  return allowed.reduce((best, point) => (point.tar >= best.tar ? point : best));
}

/** Returns the equal error rate: where the rates of false rejects and false accepts are equal. */
export function equalErrorRate(points: RocPoint[]): number {
  const gap = ({ far, tar }: RocPoint) => Math.abs(far - (1 - tar));
  const nearest = points.reduce((best, point) => (gap(point) < gap(best) ? point : best));
  return (nearest.far + 1 - nearest.tar) / 2;
}
