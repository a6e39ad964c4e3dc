import { InferenceSession, Tensor } from 'onnxruntime-node';
import { CHIP_SIZE, MESH_POINTS, MESH_SIZE } from '@/lib/shared/vision/align';
import type { Box } from '@/lib/shared/vision/boxes';
import type { MeshOutput } from '@/lib/shared/vision/mesh';
import { type ModelName, readModel } from './models';
import { refuseTelemetry } from './refuseTelemetry';
import { decodeSsd, SSD_LEVELS, type SsdMap } from './ssd';

/** Floats of an encoding. */
const ENCODING = 128;
/** Chips that are encoded in one go: more gains nothing and takes memory. */
const BATCH = 16;

/** RGB bytes, row by row. */
export interface Canvas {
  data: Uint8Array;
  width: number;
  height: number;
}

/**
 * Which faces the detector looks for: those that its first map shows, which are up to some 110 pixels wide, or larger ones too,
 * for which its deeper layers take a tenth of the time.
 */
export type Reach = 'small' | 'all';

/** Detector, mesh and encoder, on one thread each call: a pool of workers uses the cores better than threads inside one. */
export interface Networks {
  /** Faces in a picture whose sides are multiples of 32, in its pixels. */
  detect(canvas: Canvas, reach: Reach): Promise<Box[]>;
  /** The face mesh of RGB bytes of `MESH_SIZE × MESH_SIZE`. */
  mesh(pixels: Uint8Array): Promise<MeshOutput>;
  /** The encodings of chips (RGB bytes of `CHIP_SIZE × CHIP_SIZE` each), in their order. */
  encode(chips: Uint8Array[]): Promise<Float32Array[]>;
}

/**
 * Without memory patterns: ONNX Runtime would keep one plan of one block of memory for each size of picture that was
 * ever shown. It takes no longer without, and 100 MB less after large pictures.
 */
const SESSION = { intraOpNumThreads: 1, interOpNumThreads: 1, enableMemPattern: false } as const;

/**
 * Loads the networks from the folder `models/`.
 * @throws ModelError when a file is missing or was changed
 */
export async function loadNetworks(folder: string): Promise<Networks> {
  refuseTelemetry();
  const load = async (name: ModelName) => InferenceSession.create(await readModel(folder, name), SESSION);
  const [detector, deeper, mesh, encoder] = await Promise.all([
    load('detector'),
    load('detectorDeeper'),
    load('mesh'),
    load('encoder'),
  ]);

  return {
    async detect({ data, width, height }, reach) {
      const first = await detector.run({ pixels: new Tensor('uint8', data, [1, height, width, 3]) });
      const maps = [ssdMap(first, 0)];
      if (reach === 'all') {
        const rest = await deeper.run({ map: output(first, 'map') });
        for (let level = 1; level < SSD_LEVELS; level++) maps.push(ssdMap(rest, level));
      }
      return decodeSsd(maps);
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

function ssdMap(results: InferenceSession.OnnxValueMapType, level: number): SsdMap {
  const logits = output(results, `logit_${level}`);
  const [, , rows = 0, columns = 0] = logits.dims;
  return { logits: floats(logits), boxes: floats(output(results, `box_${level}`)), rows, columns };
}

function output(results: InferenceSession.OnnxValueMapType, name: string): Tensor {
  const value = results[name];
  if (!(value instanceof Tensor)) throw new Error(`the network gave no ${name}`);
  return value;
}

function floats(tensor: Tensor): Float32Array {
  const { data } = tensor;
  if (!(data instanceof Float32Array)) throw new Error(`expected float32, not ${tensor.type}`);
  return data;
}
