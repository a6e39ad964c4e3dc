import type { Weight } from './tfjsWeights';

/**
 * Largest absolute value of a rounded weight: seven bits, not eight. On x86 without VNNI, ONNX Runtime adds two products of a byte and
 * a weight in 16 bits, and `2 * 255 * 127` does not fit ("reduce_range" in ONNX Runtime's documentation of quantisation).
 */
const LARGEST = 63;
/** Least scale: a bias is kept in units of it, and has 32 bits. Weights below it add up to less than a step of any map. */
const LEAST_SCALE = 1e-5;

/** A kernel as whole numbers: `weight ≈ values * scales[out]`. */
export interface QuantisedKernel {
  values: Int8Array;
  /** One for each output channel. */
  scales: Float32Array;
}

/** Rounds a kernel `[out, in, height, width]`, each output channel to a scale of its own. */
export function quantiseKernel({ shape, data }: Weight): QuantisedKernel {
  const [out = 1] = shape;
  const size = data.length / out;
  const values = new Int8Array(data.length);
  const scales = new Float32Array(out);
  for (let channel = 0; channel < out; channel++) {
    const weights = data.subarray(channel * size, (channel + 1) * size);
    const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
    const scale = Math.max(largest / LARGEST, LEAST_SCALE);
    scales[channel] = scale;
    weights.forEach((weight, i) => {
      values[channel * size + i] = Math.round(weight / scale);
    });
  }
  return { values, scales };
}
