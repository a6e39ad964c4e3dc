import type { Match } from './types.ts';

/**
 * Collects the `limit` nearest people, by ascending distance, ties by face id. The result does not depend on the order
 * of the samples: a person who was dropped because `limit` others were nearer returns only with a nearer sample.
 */
export class NearestPeople {
  readonly #limit: number;
  readonly #matches: Match[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** A larger distance than this cannot enter; an equal one may, by its face id. */
  get worst(): number {
    return this.#matches.length < this.#limit ? Infinity : (this.#matches.at(-1)?.distance ?? -Infinity);
  }

  /** @param personId 0 for an unassigned sample */
  offer(faceId: number, personId: number, distance: number): void {
    if (distance > this.worst) return;
    const match: Match = { faceId, personId: personId === 0 ? null : personId, distance };
    const same = personId === 0 ? -1 : this.#matches.findIndex((other) => other.personId === personId);
    if (same >= 0) {
      if (!isNearer(match, this.#matches[same] as Match)) return;
      this.#matches.splice(same, 1);
    }
    let at = this.#matches.length;
    while (at > 0 && isNearer(match, this.#matches[at - 1] as Match)) at--;
    this.#matches.splice(at, 0, match);
    if (this.#matches.length > this.#limit) this.#matches.pop();
  }

  result(): Match[] {
    return this.#matches;
  }
}

function isNearer(a: Match, b: Match): boolean {
  return a.distance < b.distance || (a.distance === b.distance && a.faceId < b.faceId);
}
