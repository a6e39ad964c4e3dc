/** Measures frames per second, about once a second. */
export class FrameRate {
  #since: number | null = null;
  #frames = 0;

  /** Counts a frame at `at` (ms). Returns the rate once per second, else null. */
  tick(at: number): number | null {
    this.#since ??= at;
    this.#frames += 1;
    const elapsed = at - this.#since;
    if (elapsed < 1000) return null;
    const rate = ((this.#frames - 1) * 1000) / elapsed;
    this.#since = at;
    this.#frames = 1;
    return rate;
  }
}
