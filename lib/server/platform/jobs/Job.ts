/** How much time work may take. */
export class Budget {
  readonly #until: number;

  /** @param ms milliseconds from now; default no end */
  constructor(ms = Number.POSITIVE_INFINITY) {
    this.#until = performance.now() + ms;
  }

  /** Milliseconds that are left, 0 or more. */
  get left(): number {
    return Math.max(0, this.#until - performance.now());
  }

  get isOver(): boolean {
    return this.left === 0;
  }
}

/** Work that becomes due by time or by a hint, and that any server of a database may do. */
export interface Job<Result = unknown> {
  /** Unique; for hints and the log. */
  name: string;
  /** Milliseconds from the end of one run to the next. */
  every: number;
  /**
   * Does what is due, and returns what it did. Ends when nothing is due any more, the signal is aborted or the budget is
   * over; what it has begun by then it finishes, or gives back. Several servers may do it at once: rows are leased.
   */
  work(signal: AbortSignal, budget: Budget): Promise<Result>;
  /** Takes a hint while `work` runs. Default: it runs once more afterwards. */
  wake?(): void;
}
