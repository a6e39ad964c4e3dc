import type { Weight } from './tfjsWeights';

/**
 * Maximum absolute value of a quantised weight: seven bits, not eight. On x86 without VNNI, ONNX Runtime adds two
 * products of a byte and a weight in 16 bits, and `2 * 255 * 127` overflows ("reduce_range" in ONNX Runtime's
 * documentation of quantisation).
 */
const MAX_WEIGHT = 63;
/**
 * Minimum scale: a bias is stored in units of it, in 32 bits. Weights below it add up to less than one step of any map.
 */
const MIN_SCALE = 1e-5;

/** A quantised kernel: `weight ≈ values * scales[out]`. */
export interface QuantisedKernel {
  values: Int8Array;
  /** One per output channel. */
  scales: Float32Array;
}

/** Quantises a kernel `[out, in, height, width]`, each output channel with its own scale. */
export function quantiseKernel({ shape, data }: Weight): QuantisedKernel {
  const [out = 1] = shape;
  const size = data.length / out;
  const values = new Int8Array(data.length);
  const scales = new Float32Array(out);
  for (let channel = 0; channel < out; channel++) {
    const weights = data.subarray(channel * size, (channel + 1) * size);
    const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
    const scale = Math.max(largest / MAX_WEIGHT, MIN_SCALE);
    scales[channel] = scale;
    weights.forEach((weight, i) => {
      values[channel * size + i] = Math.round(weight / scale);
    });
  }
  return { values, scales };
}
