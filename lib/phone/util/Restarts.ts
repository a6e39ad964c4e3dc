/** A failure so long after the one before is a first one again, ms. */
const FORGET_MS = 60_000;
const FIRST_WAIT_MS = 2_500;
const MAX_WAIT_MS = 60_000;

/** Decides how soon something that failed is started again: the first time immediately, then after longer and longer. */
export class Restarts {
  #failures = 0;
  #lastAt = Number.NEGATIVE_INFINITY;

  /** Counts a failure. Returns the wait in ms; 0 for a first failure. @param now of `performance.now()` */
  failed(now: number): number {
    // A failure that follows its restart counts on, however long that restart waited.
    if (now - this.#lastAt > FORGET_MS) this.#failures = 0;
    const wait = this.#failures === 0 ? 0 : Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** (this.#failures - 1));
    this.#failures += 1;
    this.#lastAt = now + wait;
    return wait;
  }
}
