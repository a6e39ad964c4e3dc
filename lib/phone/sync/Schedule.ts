/** Maximum wait between two attempts, ms. */
const MAX_WAIT_MS = 5 * 60_000;
/** Wait after the first failure, ms; doubles with each further one. */
const FIRST_WAIT_MS = 2_000;

/**
 * Computes the time of the next sync: every `syncSeconds` while the server responds, with exponential backoff after
 * failures. Random jitter keeps a hundred phones from reconnecting to a restarted server in the same second.
 */
export class Schedule {
  readonly #random: () => number;
  #failures = 0;

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /** Returns the ms until the next sync after a successful one. */
  succeeded(syncSeconds: number): number {
    this.#failures = 0;
    return syncSeconds * 1000;
  }

  /** Returns the ms until the next attempt. `retryAfter`: seconds from the server's Retry-After, or null. */
  failed(retryAfter: number | null): number {
    const backoff = Math.min(FIRST_WAIT_MS * 2 ** this.#failures++, MAX_WAIT_MS);
    return Math.max(backoff * (0.75 + this.#random() / 2), (retryAfter ?? 0) * 1000);
  }
}
