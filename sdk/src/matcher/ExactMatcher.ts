import { squaredDistance } from '../distance.ts';
import { checkEncoding } from '../encoding.ts';
import { NearestPeople } from './NearestPeople.ts';
import type { Match } from './types.ts';

/** Finds the people nearest to a probe among any number of samples, exactly. */
export class ExactMatcher {
  readonly #samples = new Map<number, { personId: number; encoding: Float32Array }>();

  /** Samples held. */
  get size(): number {
    return this.#samples.size;
  }

  has(faceId: number): boolean {
    return this.#samples.has(faceId);
  }

  /** Adds a sample, or replaces it. `personId` `null`: the sample stands for itself. The encoding is copied. */
  upsert(faceId: number, personId: number | null, encoding: Float32Array): void {
    this.#samples.set(faceId, { personId: personId ?? 0, encoding: checkEncoding(encoding).slice() });
  }

  /** @returns whether the sample was there */
  remove(faceId: number): boolean {
    return this.#samples.delete(faceId);
  }

  clear(): void {
    this.#samples.clear();
  }

  /** The `limit` nearest people, one entry a person, by ascending distance, ties by face id. */
  search(probe: Float32Array, limit: number): Match[] {
    checkEncoding(probe);
    const nearest = new NearestPeople(limit);
    for (const [faceId, { personId, encoding }] of this.#samples) {
      nearest.offer(faceId, personId, Math.sqrt(squaredDistance(probe, 0, encoding, 0)));
    }
    return nearest.result();
  }

  /** {@link search} for several probes, such as the faces of one picture, in one pass. */
  searchMany(probes: readonly Float32Array[], limit: number): Match[][] {
    return probes.map((probe) => this.search(probe, limit));
  }
}
