import { distance } from '@kith/sdk';

/** Strangers remembered at once. */
const REMEMBERED = 30;
/** Encodings nearer than this are the same stranger: dlib's own threshold. */
const SAME = 0.6;

/**
 * Tells strangers apart, so that one who steps out of sight and back is still the same one. Kept in memory only and
 * only for the last few; nothing about them is stored.
 */
export class Strangers {
  #known: { key: string; encoding: Float32Array }[] = [];
  #next = 1;

  /** A key for this stranger; the same one for the same face. */
  keyOf(encoding: Float32Array): string {
    let nearest: { key: string; encoding: Float32Array } | null = null;
    let least = SAME;
    for (const stranger of this.#known) {
      const apart = distance(stranger.encoding, encoding);
      if (apart < least) {
        nearest = stranger;
        least = apart;
      }
    }
    const found = nearest ?? { key: `stranger:${this.#next++}`, encoding };
    this.#known = [...this.#known.filter((stranger) => stranger !== found), { ...found, encoding }].slice(-REMEMBERED);
    return found.key;
  }
}
