import { distance, ENCODING_LENGTH } from '@kith/sdk';
import { seededUniform } from '@/lib/server/demo/seededNormal';

const ITERATIONS = 100;
const STARTS = 10;

/**
 * Groups encodings by k-means (Lloyd 1982), the best of ten starts with a fixed seed. The clusters replace groups of
 * people who look alike to the model, if a set has no such labels. Returns the cluster of each encoding, 0 to count −
 * 1.
 */
export function cluster(encodings: readonly Float32Array[], count: number, seed = 1): number[] {
  const random = seededUniform(seed);
  let best = { spread: Infinity, clusters: encodings.map(() => 0) };
  for (let start = 0; start < STARTS; start++) {
    let centres = pick(encodings, count, random);
    let clusters: number[] = [];
    for (let step = 0; step < ITERATIONS; step++) {
      const next = encodings.map((one) => nearest(one, centres));
      if (next.every((chosen, i) => chosen === clusters[i])) break;
      clusters = next;
      centres = centres.map((centre, c) => meanOf(encodings.filter((_, i) => clusters[i] === c)) ?? centre);
    }
    const spread = encodings.reduce(
      (sum, one, i) => sum + distance(one, centres[clusters[i] as number] as Float32Array) ** 2,
      0,
    );
    if (spread < best.spread) best = { spread, clusters };
  }
  return best.clusters;
}

function pick(encodings: readonly Float32Array[], count: number, random: () => number): Float32Array[] {
  const left = [...encodings];
  return Array.from({ length: Math.min(count, left.length) }, () => {
    const [chosen] = left.splice(Math.floor(random() * left.length), 1);
    return chosen as Float32Array;
  });
}

function nearest(one: Float32Array, centres: readonly Float32Array[]): number {
  const distances = centres.map((centre) => distance(one, centre));
  return distances.indexOf(Math.min(...distances));
}

function meanOf(encodings: readonly Float32Array[]): Float32Array | null {
  if (encodings.length === 0) return null;
  return Float32Array.from(
    { length: ENCODING_LENGTH },
    (_, i) => encodings.reduce((sum, one) => sum + (one[i] as number), 0) / encodings.length,
  );
}
