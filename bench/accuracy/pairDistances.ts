import { normalisedDistance } from '@kith/sdk';
import type { Labelled } from './labelled';
import type { Distances } from './roc';

/**
 * Returns the distance of every labelled pair; infinite if no face was found, so that every threshold rejects the pair.
 */
export function pairDistances(
  { pairs }: Pick<Labelled, 'pairs'>,
  encodings: ReadonlyMap<string, Float32Array>,
  measure: (a: Float32Array, b: Float32Array) => number = normalisedDistance,
): Distances {
  const distances: Distances = { genuine: [], impostor: [] };
  for (const { a, b, same } of pairs) {
    const first = encodings.get(a);
    const second = encodings.get(b);
    const apart = first && second ? measure(first, second) : Number.POSITIVE_INFINITY;
    distances[same ? 'genuine' : 'impostor'].push(apart);
  }
  return distances;
}
