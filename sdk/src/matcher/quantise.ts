import { ENCODING_LENGTH } from '../encoding.ts';
import type { ChunkMemory, ScanLimit } from './kernel.ts';

// A local constant: bundlers turn an imported one into a getter, which is too slow for the loops below.
const LENGTH = ENCODING_LENGTH;
const INT8_MAX = 127;
const INT16_MAX = 32767;
/** Float32 rounds each of the kernel's operations by less than 2^-24 of it; this covers all of them. */
const FLOAT32_MARGIN = 1 + 2 ** -20;

/*
 * How most samples are skipped, and why none is missed.
 *
 * A chunk keeps each encoding x a second time as x̃ = scale · q, with q int8, and the maximum error |x − x̃| of its
 * rows. A probe p becomes p̃ = scale / 128 · r, with r int16, at the error |p − p̃|. By the triangle inequality
 *
 *     |p − x| ≥ |p̃ − x̃| − |p − p̃| − |x − x̃|
 *
 * The normalised distance is |p − x| · c(p) · c(x), with the crowding c of both. So a sample within the normalised
 * distance T of the probe has |p̃ − x̃| ≤ T / (c(p) · c(x)) + both errors =: R, that is
 *
 *     |p̃|² + scale² · q·q − 2 · scale² / 128 · q·r ≤ R²
 *     64 · q·q − q·r ≤ (R² − |p̃|²) · 64 / scale²
 *
 * where the left side is whole numbers, so that SIMD, JavaScript and any order of summation agree on it. R differs from
 * row to row only by c(x), which the kernel divides by. What passes is measured again on the floats by
 * `squaredDistance`.
 */

/** Accepts every row. */
const EVERYTHING: ScanLimit = { reach: Infinity, error: Infinity, norm: 0 };

/** Quantisation of a chunk's rows to int8. */
export interface Scale {
  /** Value of one int8 step. 0: only zeros so far. */
  scale: number;
  /** Maximum distance between a row and its quantised form. */
  error: number;
}

/**
 * Returns the scale for rows with magnitudes up to `maxMagnitude`. There are eight scales per octave, so that a scale
 * leaves room, rarely changes, and is the same for most chunks.
 */
export function scaleFor(maxMagnitude: number): number {
  return 2 ** (Math.floor(Math.log2(maxMagnitude / INT8_MAX) * 8 + 1) / 8);
}

/** Returns the maximum magnitude in a row. */
export function maxMagnitudeOf(encoding: Float32Array): number {
  let maxMagnitude = 0;
  for (let i = 0; i < LENGTH; i++) maxMagnitude = Math.max(maxMagnitude, Math.abs(encoding[i] as number));
  return maxMagnitude;
}

/** Returns whether `maxMagnitude` fits into int8 at this scale. */
export function fits(maxMagnitude: number, { scale }: Scale): boolean {
  return maxMagnitude <= INT8_MAX * scale;
}

/** Quantises a row, writes its norm, and raises `error` to this row's error if that is larger. */
export function quantiseRow({ encodings, quantised, norms }: ChunkMemory, row: number, scale: Scale): void {
  const start = row * LENGTH;
  const step = scale.scale;
  let norm = 0;
  let error = 0;
  for (let i = start; i < start + LENGTH; i++) {
    const value = encodings[i] as number;
    const q = step === 0 ? 0 : Math.round(value / step);
    const rest = value - q * step;
    quantised[i] = q;
    norm += q * q;
    error += rest * rest;
  }
  norms[row] = 64 * norm;
  scale.error = Math.max(scale.error, Math.sqrt(error));
}

/** A quantised probe. */
export class QuantisedProbe {
  /** r, 128 values. */
  readonly values = new Int16Array(LENGTH);
  scale = 0;
  /** |p̃|² · 64 / scale² */
  #norm = 0;
  /** |p − p̃|; Infinity while r holds no probe, or one too far from everything to fit. */
  #error = Infinity;

  set(probe: Float32Array, scale: number): void {
    const step = scale / 128;
    let norm = 0;
    let error = 0;
    let maxMagnitude = 0;
    for (let i = 0; i < LENGTH; i++) {
      const value = probe[i] as number;
      const r = Math.round(value / step);
      const rest = value - r * step;
      this.values[i] = r;
      maxMagnitude = Math.max(maxMagnitude, Math.abs(r));
      norm += r * r;
      error += rest * rest;
    }
    const isHeld = maxMagnitude <= INT16_MAX;
    this.scale = scale;
    this.#norm = isHeld ? norm / 256 : 0;
    this.#error = isHeld ? Math.sqrt(error) : Infinity;
  }

  /**
   * Returns the limit for `Kernel.scan` that accepts every row within `reach` of the probe, where the distance of a row
   * counts times its crowding.
   */
  limit(reach: number, rowError: number): ScanLimit {
    // A chunk of zeros has no steps to count in: all of its rows are measured.
    if (this.scale === 0) return EVERYTHING;
    return {
      reach: Math.fround((reach / this.scale) * FLOAT32_MARGIN),
      error: Math.fround(((this.#error + rowError) / this.scale) * FLOAT32_MARGIN),
      // Both sides are cut to whole numbers, which accepts more, never less: ⌊a⌋ − ⌊b⌋ ≥ ⌊a − b⌋.
      norm: Math.floor(this.#norm),
    };
  }
}
