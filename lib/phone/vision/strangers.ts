import { distance } from '@kith/sdk';

/** Maximum number of strangers remembered. */
const MAX_STRANGERS = 30;
/**
 * Maximum plain distance between encodings of the same stranger: dlib's own threshold. Nobody is named by it, so that
 * the plain distance is enough: two strangers who look alike share a line in the list.
 */
const SAME_STRANGER = 0.6;

/**
 * Tells strangers apart, so that one who steps out of sight and returns keeps the same key. Remembers the last few in
 * memory only; nothing about them is stored.
 */
export class Strangers {
  #known: { key: string; encoding: Float32Array }[] = [];
  #next = 1;

  /** Returns a key for this stranger; the same key for the same face. */
  keyOf(encoding: Float32Array): string {
    let nearest: { key: string; encoding: Float32Array } | null = null;
    let nearestDistance = SAME_STRANGER;
    for (const stranger of this.#known) {
      const apart = distance(stranger.encoding, encoding);
      if (apart < nearestDistance) {
        nearest = stranger;
        nearestDistance = apart;
      }
    }
    const found = nearest ?? { key: `stranger:${this.#next++}`, encoding };
    this.#known = [...this.#known.filter((stranger) => stranger !== found), { ...found, encoding }].slice(
      -MAX_STRANGERS,
    );
    return found.key;
  }
}
