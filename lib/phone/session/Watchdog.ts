/** Frames come several times a second: none for so long means that something has stopped, ms. */
const FRAME_LIMIT_MS = 15_000;

/** Tells when frames that should come have not come for too long. Times are of `performance.now()`. */
export class Watchdog {
  readonly #limitMs: number;
  /** The last frame, or when frames began to be expected; null while none are. */
  #since: number | null = null;

  constructor(limitMs = FRAME_LIMIT_MS) {
    this.#limitMs = limitMs;
  }

  /** A frame came. */
  beat(now: number): void {
    if (this.#since !== null) this.#since = now;
  }

  /**
   * Returns true once when frames are overdue; they are then expected anew from now.
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
