/** From this number of accepted strangers on, they are counted. Below it, their number is estimated. */
const LEAST_COUNTED = 10;
/**
 * The nearest strangers, from which the decay of their number is estimated: a fraction of all, and a maximum number.
 */
const TAIL = { part: 0.1, most: 200 };
/** Minimum number of strangers for an estimate. */
const LEAST_STRANGERS = 20;

/**
 * Estimates how many strangers a gallery accepts at a threshold. It learns from the normalised distance of each
 * stranger to the nearest person. Where ten strangers or more are accepted, they are counted. Below that, their number
 * is assumed to fall exponentially, with the decay of the nearest tenth. Normal distributions fall faster, so the
 * estimate errs towards more strangers.
 */
export class StrangerRate {
  readonly #sorted: Float64Array;
  /** Distance above which strangers are counted. */
  readonly #counted: number;
  /** Distance over which their number falls by a factor of e below that. */
  readonly #scale: number;

  /** @param nearest the distance of each stranger to the nearest person; infinite if there is nobody */
  constructor(nearest: readonly number[]) {
    this.#sorted = Float64Array.from(nearest).sort();
    const count = this.#sorted.length;
    this.#counted = this.#sorted[Math.min(count, LEAST_COUNTED) - 1] ?? 0;
    const tail = this.#sorted.subarray(0, Math.max(LEAST_COUNTED, Math.min(TAIL.most, Math.round(count * TAIL.part))));
    const end = tail.at(-1) ?? 0;
    this.#scale = tail.reduce((sum, distance) => sum + (end - distance), 0) / Math.max(1, tail.length);
  }

  /** Number of strangers in the estimate. */
  get strangers(): number {
    return this.#sorted.length;
  }

  /** Whether there are enough strangers for an estimate. */
  get isKnown(): boolean {
    return this.strangers >= LEAST_STRANGERS && Number.isFinite(this.#scale) && this.#scale > 0;
  }

  /** Returns the number of strangers whose nearest person is at most this far away. */
  seen(distance: number): number {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sorted[middle] as number) <= distance) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Returns the fraction of strangers accepted at a distance, 0–1; null if there are too few strangers. */
  at(distance: number): number | null {
    if (!this.isKnown) return null;
    if (distance >= this.#counted) return this.seen(distance) / this.strangers;
    return (LEAST_COUNTED / this.strangers) * Math.exp((distance - this.#counted) / this.#scale);
  }

  /**
   * Returns the greatest distance at which at most this fraction of strangers is accepted; null if there are too few.
   */
  distanceOf(part: number): number | null {
    if (!this.isKnown) return null;
    const ofCounted = (part * this.strangers) / LEAST_COUNTED;
    if (ofCounted <= 1) return this.#counted + Math.log(ofCounted) * this.#scale;
    // The next stranger would be too many, so the result is just below its distance.
    const next = this.#sorted[Math.floor(part * this.strangers)];
    return next === undefined ? Number.POSITIVE_INFINITY : next - Number.EPSILON;
  }
}
