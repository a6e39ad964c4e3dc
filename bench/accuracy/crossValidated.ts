import { createHash } from 'node:crypto';
import { distance } from '@kith/sdk';
import { fitCrowding, logCrowding } from './fitCrowding';

const FOLDS = 8;

/**
 * Returns the normalised distance of every pair of strangers. The people are split into eight folds by a hash of their
 * names. Each pair is measured by a fit without the folds of both.
 */
export function crossValidated(strangers: ReadonlyMap<string, Float32Array>): Float64Array[] {
  const people = [...strangers].map(([name, encoding]) => ({ encoding, fold: foldOf(name) }));
  const distances = people.map(() => new Float64Array(people.length));
  for (let a = 0; a < FOLDS; a++) {
    for (let b = a; b < FOLDS; b++) {
      const fit = fitCrowding(people.filter(({ fold }) => fold !== a && fold !== b).map(({ encoding }) => encoding));
      const crowding = people.map(({ encoding }) => Math.exp(logCrowding(fit, encoding)));
      for (const [i, one] of people.entries()) {
        for (const [j, other] of people.entries()) {
          if (i === j || Math.min(one.fold, other.fold) !== a || Math.max(one.fold, other.fold) !== b) continue;
          const factor = (crowding[i] as number) * (crowding[j] as number);
          (distances[i] as Float64Array)[j] = distance(one.encoding, other.encoding) * factor;
        }
      }
    }
  }
  return distances;
}

/**
 * Returns whether a picture is set aside, by a hash of its name. A third of the pictures is set aside; nothing is
 * fitted or chosen on them.
 */
export function isAside(name: string): boolean {
  return firstByte(name) % 3 === 0;
}

const foldOf = (name: string) => firstByte(`fold${name}`) % FOLDS;

function firstByte(name: string): number {
  return createHash('sha256').update(name).digest()[0] as number;
}
