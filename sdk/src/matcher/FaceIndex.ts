const MAX_LOAD = 0.8;
const GROWTH = 1.5;
const MIN_CAPACITY = 64;
/** 2^32 over the golden ratio: Knuth's multiplicative hashing (TAOCP 6.4) spreads even consecutive ids. */
const SPREAD = 0x9e3779b1;

/**
 * A hash table from face id to slot, in five to eight bytes per face, a tenth of a `Map`. The ids themselves are stored
 * with the slots. Open addressing with linear probing. Removal shifts the following entries back, so there are no
 * tombstones.
 */
export class FaceIndex {
  readonly #faceIdAt: (slot: number) => number;
  /** Slot + 1; 0 is empty. */
  #table = new Int32Array(MIN_CAPACITY);
  #size = 0;

  /** @param faceIdAt returns the face id at a slot that was given to {@link set} */
  constructor(faceIdAt: (slot: number) => number) {
    this.#faceIdAt = faceIdAt;
  }

  get bytes(): number {
    return this.#table.byteLength;
  }

  /** Returns the slot of a face, or -1. */
  get(faceId: number): number {
    return (this.#table[this.#find(faceId)] as number) - 1;
  }

  /** Adds or moves a face. `faceIdAt(slot)` must already return its id. */
  set(faceId: number, slot: number): void {
    const at = this.#find(faceId);
    if (this.#table[at] === 0) this.#size++;
    this.#table[at] = slot + 1;
    if (this.#size > this.#table.length * MAX_LOAD) this.#resize(Math.ceil(this.#table.length * GROWTH));
  }

  /** Removes an existing face. `faceIdAt` of its slot must still return its id. */
  delete(faceId: number): void {
    const table = this.#table;
    let hole = this.#find(faceId);
    for (let at = this.#next(hole); table[at] !== 0; at = this.#next(at)) {
      const home = this.#home(this.#faceIdAt((table[at] as number) - 1));
      // An entry may fill the hole unless its home is cyclically after the hole, where no search would find it.
      const reachable = hole <= at ? home <= hole || home > at : home <= hole && home > at;
      if (reachable) {
        table[hole] = table[at] as number;
        hole = at;
      }
    }
    table[hole] = 0;
    this.#size--;
  }

  clear(): void {
    this.#table = new Int32Array(MIN_CAPACITY);
    this.#size = 0;
  }

  /** Returns the position of the face, or the empty position for it. */
  #find(faceId: number): number {
    let at = this.#home(faceId);
    for (;;) {
      const entry = this.#table[at] as number;
      if (entry === 0 || this.#faceIdAt(entry - 1) === faceId) return at;
      at = this.#next(at);
    }
  }

  #home(faceId: number): number {
    const high = Math.floor(faceId / 0x100000000);
    const hash = Math.imul(faceId ^ high, SPREAD) >>> 0;
    return Math.floor((hash * this.#table.length) / 0x100000000);
  }

  #next(at: number): number {
    return at + 1 === this.#table.length ? 0 : at + 1;
  }

  #resize(capacity: number): void {
    const old = this.#table;
    this.#table = new Int32Array(capacity);
    for (const entry of old) {
      if (entry !== 0) this.#table[this.#find(this.#faceIdAt(entry - 1))] = entry;
    }
  }
}
