/** Without a frame for this long, something has stopped, ms. Normally there are several a second. */
const FRAME_LIMIT_MS = 15_000;

/** Detects that expected frames have stopped. Times are from `performance.now()`. */
export class Watchdog {
  readonly #limitMs: number;
  /** Time of the last frame, or when frames were first expected. Null while none are expected. */
  #since: number | null = null;

  constructor(limitMs = FRAME_LIMIT_MS) {
    this.#limitMs = limitMs;
  }

  /** Notes a frame. */
  beat(now: number): void {
    if (this.#since !== null) this.#since = now;
  }

  /**
   * Returns true once when frames are overdue. The wait then starts again.
   * @param isExpected whether camera and recognition run and the page is visible
   */
  check(now: number, isExpected: boolean): boolean {
    if (!isExpected) {
      this.#since = null;
      return false;
    }
    this.#since ??= now;
    if (now - this.#since < this.#limitMs) return false;
    this.#since = now;
    return true;
  }
}
