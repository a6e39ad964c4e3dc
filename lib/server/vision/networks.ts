import { InferenceSession, Tensor } from 'onnxruntime-node';
import { CHIP_SIZE, MESH_POINTS, MESH_SIZE } from '@/lib/shared/vision/align';
import type { Box } from '@/lib/shared/vision/boxes';
import type { MeshOutput } from '@/lib/shared/vision/refineMesh';
import type { DetectorMap } from './detectorMap';
import { type ModelName, readModel } from './models';
import { refuseTelemetry } from './refuseTelemetry';
import { decodeRfb, RFB_LEVELS } from './rfb';
import { decodeSsd } from './ssd';

/** Floats per encoding. */
const ENCODING = 128;
/** Chips per run of the encoder. More is not faster and needs more memory. */
const BATCH = 16;

/** RGB bytes, row by row. */
export interface Canvas {
  data: Uint8Array;
  width: number;
  height: number;
}

/**
 * Detectors, mesh and encoder; each call uses one thread. A pool of workers uses the cores better than threads inside
 * one call.
 */
export interface Networks {
  /** Detects faces 10 to some 200 pixels wide. Boxes are in the canvas's pixels. */
  detect(canvas: Canvas): Promise<Box[]>;
  /** The same with another network, for faces of 12 to 110 pixels: a second opinion. Takes three times as long. */
  detectAgain(canvas: Canvas): Promise<Box[]>;
  /** Runs the face mesh on RGB bytes of `MESH_SIZE × MESH_SIZE`. */
  mesh(pixels: Uint8Array): Promise<MeshOutput>;
  /** Encodes chips (RGB bytes of `CHIP_SIZE × CHIP_SIZE` each). Returns the encodings in the same order. */
  encode(chips: Uint8Array[]): Promise<Float32Array[]>;
}

/**
 * Memory patterns are off, because ONNX Runtime would keep one allocation plan for each picture size. Without them it
 * is as fast, and uses 100 MB less after large pictures.
 */
const SESSION = { intraOpNumThreads: 1, interOpNumThreads: 1, enableMemPattern: false } as const;

/**
 * Loads the networks from the folder `models/`.
 * @throws ModelError when a file is missing or was modified
 */
export async function loadNetworks(folder: string): Promise<Networks> {
  refuseTelemetry();
  const load = async (name: ModelName) => InferenceSession.create(await readModel(folder, name), SESSION);
  const [detector, secondDetector, mesh, encoder] = await Promise.all([
    load('detector'),
    load('secondDetector'),
    load('mesh'),
    load('encoder'),
  ]);

  return {
    async detect(canvas) {
      const results = await detector.run({ pixels: pixelsOf(canvas) });
      return decodeRfb(Array.from({ length: RFB_LEVELS }, (_, level) => mapOf(results, level)));
    },

    async detectAgain(canvas) {
      return decodeSsd(mapOf(await secondDetector.run({ pixels: pixelsOf(canvas) }), 0));
    },

    async mesh(pixels) {
      const results = await mesh.run({ pixels: new Tensor('uint8', pixels, [1, MESH_SIZE, MESH_SIZE, 3]) });
      return {
        mesh: floats(output(results, 'mesh')).subarray(0, MESH_POINTS * 3),
        presence: floats(output(results, 'presence'))[0] ?? 0,
      };
    },

    async encode(chips) {
      const encodings: Float32Array[] = [];
      for (let first = 0; first < chips.length; first += BATCH) {
        const batch = chips.slice(first, first + BATCH);
        const pixels = new Uint8Array(batch.length * CHIP_SIZE * CHIP_SIZE * 3);
        batch.forEach((chip, i) => {
          pixels.set(chip, i * chip.length);
        });
        const results = await encoder.run({
          pixels: new Tensor('uint8', pixels, [batch.length, CHIP_SIZE, CHIP_SIZE, 3]),
        });
        const values = floats(output(results, 'encoding'));
        batch.forEach((_, i) => {
          encodings.push(values.slice(i * ENCODING, (i + 1) * ENCODING));
        });
      }
      return encodings;
    },
  };
}

function pixelsOf({ data, width, height }: Canvas): Tensor {
  return new Tensor('uint8', data, [1, height, width, 3]);
}

function mapOf(results: InferenceSession.OnnxValueMapType, level: number): DetectorMap {
  const logits = output(results, `logit_${level}`);
  const [, , rows = 0, columns = 0] = logits.dims;
  return { logits: floats(logits), boxes: floats(output(results, `box_${level}`)), rows, columns };
}

function output(results: InferenceSession.OnnxValueMapType, name: string): Tensor {
  const value = results[name];
  if (!(value instanceof Tensor)) throw new Error(`the network has no output ${name}`);
  return value;
}

function floats(tensor: Tensor): Float32Array {
  const { data } = tensor;
  if (!(data instanceof Float32Array)) throw new Error(`expected float32, not ${tensor.type}`);
  return data;
}
