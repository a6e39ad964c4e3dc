/** Cooldown of a person or an unknown face, ms: repeat recognitions within it are not recorded. */
export const COOLDOWN_MS = 60_000;

/** Suppresses repeat recognitions of the same key within the cooldown. */
export class Cooldown {
  readonly #last = new Map<string, number>();
  readonly #milliseconds: number;

  constructor(milliseconds = COOLDOWN_MS) {
    this.#milliseconds = milliseconds;
  }

  /** Returns true at most once per cooldown for a key. `at` in ms of a monotonic clock. */
  allows(key: string, at: number): boolean {
    for (const [known, last] of this.#last) if (at - last >= this.#milliseconds) this.#last.delete(known);
    if (this.#last.has(key)) return false;
    this.#last.set(key, at);
    return true;
  }

  /** Forgets the keys for which `isGone` returns true. */
  forget(isGone: (key: string) => boolean): void {
    for (const key of this.#last.keys()) if (isGone(key)) this.#last.delete(key);
  }
}
