/** The same person is not written down again within this time, ms; nor is the same unknown face. */
export const COOLDOWN_MS = 60_000;

/** Decides whether somebody recognised is news, by a key that tells people apart. */
export class Cooldown {
  readonly #last = new Map<string, number>();
  readonly #milliseconds: number;

  constructor(milliseconds = COOLDOWN_MS) {
    this.#milliseconds = milliseconds;
  }

  /** True at most once a cool-down for a key. `at` in ms of a clock that never goes back. */
  isNews(key: string, at: number): boolean {
    for (const [known, last] of this.#last) if (at - last >= this.#milliseconds) this.#last.delete(known);
    if (this.#last.has(key)) return false;
    this.#last.set(key, at);
    return true;
  }
}
