/** The time that work may take. */
export class Budget {
  readonly #until: number;

  /** @param ms milliseconds from now; without it, unlimited */
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

/** Work that becomes due by time or by a hint. Any server of a database may do it. */
export interface Job<Result = unknown> {
  /** Unique; for hints and the log. */
  name: string;
  /** Milliseconds from the end of one run to the next. */
  every: number;
  /**
   * Does what is due, and returns what it did. It ends when nothing is due, the signal aborts or the budget is used up.
   * It completes what it has begun, or releases it. Several servers may work at once, because rows are leased.
   */
  work(signal: AbortSignal, budget: Budget): Promise<Result>;
  /** Receives a hint while `work` runs. Without it, the job runs again afterwards. */
  wake?(): void;
}
