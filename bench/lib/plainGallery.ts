import { crowding, ENCODING_LENGTH } from '@kith/sdk';
import type { SyntheticPeople } from './syntheticPeople';

// A local constant, as in sdk/src/distance.ts, for the fastest possible loop below.
const LENGTH = ENCODING_LENGTH;

/** A gallery as one Float32Array and one loop, as fast as plain JavaScript gets. The baseline of `bench:search`. */
export class PlainGallery {
  readonly #people: SyntheticPeople;
  /** The square of the crowding of each sample. */
  readonly #factors: Float64Array;

  constructor(people: SyntheticPeople) {
    this.#people = people;
    this.#factors = Float64Array.from({ length: people.size }, (_, sample) => {
      const start = sample * LENGTH;
      return crowding(people.encodings.subarray(start, start + LENGTH)) ** 2;
    });
  }

  search(probe: Float32Array, limit: number): { personId: number; distance: number }[] {
    const { size, encodings, personIdOf } = this.#people;
    const nearest: { personId: number; square: number }[] = [];
    let worst = Number.POSITIVE_INFINITY;
    for (let sample = 0; sample < size; sample++) {
      const square = squaredDistance(probe, encodings, sample * LENGTH) * (this.#factors[sample] as number);
      if (square >= worst) continue;
      const personId = personIdOf(sample);
      const same = nearest.find((other) => other.personId === personId);
      if (same) same.square = Math.min(same.square, square);
      else nearest.push({ personId, square });
      nearest.sort((a, b) => a.square - b.square);
      nearest.length = Math.min(nearest.length, limit);
      worst = nearest[limit - 1]?.square ?? Number.POSITIVE_INFINITY;
    }
    const own = crowding(probe);
    return nearest.map(({ personId, square }) => ({ personId, distance: Math.sqrt(square) * own }));
  }
}

/**
 * There are four independent sums, so that no addition waits for the previous one. This is twice as fast as one sum.
 */
function squaredDistance(probe: Float32Array, encodings: Float32Array, start: number): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < LENGTH; i += 4) {
    const at = start + i;
    const da = (encodings[at] as number) - (probe[i] as number);
    const db = (encodings[at + 1] as number) - (probe[i + 1] as number);
    const dc = (encodings[at + 2] as number) - (probe[i + 2] as number);
    const dd = (encodings[at + 3] as number) - (probe[i + 3] as number);
    a += da * da;
    b += db * db;
    c += dc * dc;
    d += dd * dd;
  }
  return a + b + c + d;
}
