import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** A weight as in tfjs: row-major float32 (or int32 values as floats) with its shape. */
export interface Weight {
  shape: number[];
  data: Float32Array;
}

interface WeightSpec {
  name: string;
  shape: number[];
  dtype: 'float32' | 'int32';
  quantization?: { dtype: 'uint8' | 'uint16' | 'float16'; scale?: number; min?: number };
}

interface WeightGroup {
  paths: string[];
  weights: WeightSpec[];
}

/**
 * Reads every weight of a tfjs weights manifest and dequantises it like tfjs-core's `decodeWeights`: `value * scale +
 * min` for integers, IEEE 754 binary16 for float16.
 *
 * @param manifest groups from `weightsManifest` of a model or from a `*-weights_manifest.json`
 * @param folder the folder that the groups' paths are relative to
 * @throws Error if a file is shorter than its manifest says
 */
export async function readWeights(manifest: WeightGroup[], folder: string): Promise<Map<string, Weight>> {
  const weights = new Map<string, Weight>();
  for (const group of manifest) {
    const bytes = Buffer.concat(await Promise.all(group.paths.map((file) => readFile(path.join(folder, file)))));
    let offset = 0;
    for (const spec of group.weights) {
      const size = spec.shape.reduce((product, n) => product * n, 1);
      const width = bytesPerValue(spec);
      if (offset + size * width > bytes.length) {
        throw new Error(`weights of ${spec.name} end beyond ${group.paths.join(', ')}`);
      }
      weights.set(spec.name, { shape: spec.shape, data: decode(bytes, offset, size, spec) });
      offset += size * width;
    }
  }
  return weights;
}

function bytesPerValue({ quantization }: WeightSpec): number {
  if (!quantization) return 4;
  return quantization.dtype === 'uint8' ? 1 : 2;
}

function decode(bytes: Buffer, offset: number, size: number, spec: WeightSpec): Float32Array {
  const { dtype, quantization } = spec;
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset);
  const read = (i: number): number => {
    if (!quantization) return dtype === 'int32' ? view.getInt32(i * 4, true) : view.getFloat32(i * 4, true);
    if (quantization.dtype === 'float16') return fromHalf(view.getUint16(i * 2, true));
    const level = quantization.dtype === 'uint8' ? view.getUint8(i) : view.getUint16(i * 2, true);
    const value = level * (quantization.scale ?? 1) + (quantization.min ?? 0);
    return dtype === 'int32' ? Math.round(value) : value;
  };
  return Float32Array.from({ length: size }, (_, i) => read(i));
}

/** Converts IEEE 754 binary16 to a number. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
