/** Longest wait between two tries, ms. */
const MAX_WAIT_MS = 5 * 60_000;
/** First wait after a failure, ms; doubled with each further one. */
const FIRST_WAIT_MS = 2_000;

/**
 * When to try the server next. With a connection every `syncSeconds`; after failures twice as long each time, with a
 * little chance in it, so that a hundred phones do not come back to a restarted server in the same second.
 */
export class Schedule {
  readonly #random: () => number;
  #failures = 0;

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /** Ms until the next round after one that went well. */
  succeeded(syncSeconds: number): number {
    this.#failures = 0;
    return syncSeconds * 1000;
  }

  /** Ms until the next try; `retryAfter` in seconds where the server said so. */
  failed(retryAfter: number | null): number {
    const backoff = Math.min(FIRST_WAIT_MS * 2 ** this.#failures++, MAX_WAIT_MS);
    return Math.max(backoff * (0.75 + this.#random() / 2), (retryAfter ?? 0) * 1000);
  }
}
