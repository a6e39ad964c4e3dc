import { ENCODING_LENGTH } from '@kith/sdk';
import type { SyntheticPeople } from './syntheticPeople';

// A constant of this module, as in sdk/src/distance.ts, to give the loop below its best chance.
const LENGTH = ENCODING_LENGTH;

/** What anybody would write first: one Float32Array, one loop. The baseline of `bench:search`. */
export class PlainGallery {
  readonly #people: SyntheticPeople;

  constructor(people: SyntheticPeople) {
    this.#people = people;
  }

  search(probe: Float32Array, limit: number): { personId: number; distance: number }[] {
    const { size, encodings, personIdOf } = this.#people;
    const nearest: { personId: number; distance: number }[] = [];
    for (let sample = 0; sample < size; sample++) {
      let sum = 0;
      const start = sample * LENGTH;
      for (let i = 0; i < LENGTH; i++) {
        const difference = (encodings[start + i] as number) - (probe[i] as number);
        sum += difference * difference;
      }
      const worst = nearest[limit - 1]?.distance ?? Infinity;
      const distance = Math.sqrt(sum);
      if (distance >= worst) continue;
      const personId = personIdOf(sample);
      const same = nearest.find((other) => other.personId === personId);
      if (same) same.distance = Math.min(same.distance, distance);
      else nearest.push({ personId, distance });
      nearest.sort((a, b) => a.distance - b.distance);
      nearest.length = Math.min(nearest.length, limit);
    }
    return nearest;
  }
}
