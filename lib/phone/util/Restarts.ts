/** After this long without a failure, the next one counts as the first, ms. */
const FORGET_MS = 60_000;
const FIRST_WAIT_MS = 2_500;
const MAX_WAIT_MS = 60_000;

/** Decides when to restart something that failed: the first time immediately, then after increasing waits. */
export class Restarts {
  #failures = 0;
  #lastAt = Number.NEGATIVE_INFINITY;

  /** Counts a failure. Returns the wait in ms; 0 for a first failure. @param now of `performance.now()` */
  failed(now: number): number {
    // The time counts from the restart, so that a long wait before it does not reset the count.
    if (now - this.#lastAt > FORGET_MS) this.#failures = 0;
    const wait = this.#failures === 0 ? 0 : Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** (this.#failures - 1));
    this.#failures += 1;
    this.#lastAt = now + wait;
    return wait;
  }
}
