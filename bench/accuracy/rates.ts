import { atFar, type Distances, equalErrorRate, rocPoints } from './roc';

/** How well a distance tells people apart. A rate is null if there are no pairs for it. */
export interface Rates {
  eer: number | null;
  'tar@far=1e-2': number | null;
  'tar@far=1e-3': number | null;
  'tar@far=0': number | null;
  /**
   * At the distance of trust 50: the accepted fraction of strangers, and the refused fraction of pairs of one person.
   */
  'far@trust50': number | null;
  'fnmr@trust50': number | null;
}

/** Computes the rates. `trust50` is the distance with trust 50. */
export function ratesOf({ genuine, impostor }: Distances, trust50: number): Rates {
  const both = genuine.length > 0 && impostor.length > 0;
  const points = both ? rocPoints({ genuine, impostor }) : [];
  const tarAt = (far: number) => (both ? round(atFar(points, far).tar) : null);
  const accepted = acceptedPart(genuine, trust50);
  return {
    eer: both ? round(equalErrorRate(points)) : null,
    'tar@far=1e-2': tarAt(1e-2),
    'tar@far=1e-3': tarAt(1e-3),
    'tar@far=0': tarAt(0),
    'far@trust50': acceptedPart(impostor, trust50),
    'fnmr@trust50': accepted === null ? null : round(1 - accepted),
  };
}

/** Returns the fraction of the distances that a threshold accepts, 0–1; null if there are no distances. */
export function acceptedPart(distances: readonly number[], threshold: number): number | null {
  if (distances.length === 0) return null;
  return round(distances.filter((distance) => distance <= threshold).length / distances.length);
}

const round = (value: number) => Math.round(value * 1e5) / 1e5;
