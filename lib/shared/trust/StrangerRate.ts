/** Strangers that are accepted at least where they are counted; where fewer are, their number is estimated. */
const LEAST_COUNTED = 10;
/** Part of the strangers, the nearest ones, that tell how quickly they become fewer; and their greatest number. */
const TAIL = { part: 0.1, most: 200 };
/** Fewer strangers than this say nothing. */
const LEAST_STRANGERS = 20;

/**
 * How many strangers a gallery accepts at a threshold, learnt from the normalised distance of each stranger to the nearest
 * person. Where ten strangers or more are accepted, they are counted. Below that, their number is taken to fall exponentially, as
 * quickly as the nearest tenth becomes fewer. Normal distances fall faster: so the estimate errs towards more strangers.
 */
export class StrangerRate {
  readonly #sorted: Float64Array;
  /** Distance from which strangers are counted. */
  readonly #counted: number;
  /** Distance over which their number falls to a part of 1/e below that. */
  readonly #scale: number;

  /** @param nearest of each stranger, the distance to the nearest person; infinite where there is nobody */
  constructor(nearest: readonly number[]) {
    this.#sorted = Float64Array.from(nearest).sort();
    const count = this.#sorted.length;
    this.#counted = this.#sorted[Math.min(count, LEAST_COUNTED) - 1] ?? 0;
    const tail = this.#sorted.subarray(0, Math.max(LEAST_COUNTED, Math.min(TAIL.most, Math.round(count * TAIL.part))));
    const end = tail.at(-1) ?? 0;
    this.#scale = tail.reduce((sum, distance) => sum + (end - distance), 0) / Math.max(1, tail.length);
  }

  /** Number of strangers that the rate was learnt from. */
  get strangers(): number {
    return this.#sorted.length;
  }

  /** Whether there are enough strangers to say anything. */
  get isKnown(): boolean {
    return this.strangers >= LEAST_STRANGERS && Number.isFinite(this.#scale) && this.#scale > 0;
  }

  /** Number of strangers whose nearest person is at most that far. */
  seen(distance: number): number {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sorted[middle] as number) <= distance) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Returns the part of strangers accepted at a distance, 0–1; null where too few strangers are known. */
  at(distance: number): number | null {
    if (!this.isKnown) return null;
    if (distance >= this.#counted) return this.seen(distance) / this.strangers;
    return (LEAST_COUNTED / this.strangers) * Math.exp((distance - this.#counted) / this.#scale);
  }

  /** Returns the greatest distance at which at most this part of strangers is accepted; null where too few are known. */
  distanceOf(part: number): number | null {
    if (!this.isKnown) return null;
    const ofCounted = (part * this.strangers) / LEAST_COUNTED;
    if (ofCounted <= 1) return this.#counted + Math.log(ofCounted) * this.#scale;
    // The next one would be too many: just below its distance.
    const next = this.#sorted[Math.floor(part * this.strangers)];
    return next === undefined ? Number.POSITIVE_INFINITY : next - Number.EPSILON;
  }
}
