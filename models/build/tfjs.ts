import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as Tf from '@tensorflow/tfjs';
import type * as WasmBackend from '@tensorflow/tfjs-backend-wasm';
import type * as FaceApi from '@vladmandic/face-api';

const require = createRequire(import.meta.url);

export type { FaceApi, Tf };

/** Loads the originals: tfjs on its WASM backend, and face-api on that tfjs, in Node. */
export async function loadTfjs(): Promise<{ tf: typeof Tf; faceapi: typeof FaceApi }> {
  const tf: typeof Tf = require('@tensorflow/tfjs');
  const { setWasmPaths }: typeof WasmBackend = require('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(path.join(path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist/'));
  const faceapi: typeof FaceApi = require('@vladmandic/face-api/dist/face-api.node-wasm.js');
  await tf.setBackend('wasm');
  await tf.ready();
  return { tf, faceapi };
}

/** Loads a tfjs graph model from its JSON file. */
export async function loadGraphModel(tf: typeof Tf, file: string): Promise<Tf.GraphModel> {
  const model = JSON.parse(await readFile(file, 'utf8'));
  const [group] = model.weightsManifest;
  const parts: Buffer[] = await Promise.all(
    group.paths.map((name: string) => readFile(path.join(path.dirname(file), name))),
  );
  const bytes = Buffer.concat(parts);
  return tf.loadGraphModel(
    tf.io.fromMemory({
      ...model,
      weightSpecs: group.weights,
      weightData: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
    }),
  );
}

/** Returns the folder of an installed package. */
export function packageFolder(name: string): string {
  return path.dirname(require.resolve(`${name}/package.json`));
}

/** Casts a tensor for face-api, whose types bundle a second copy of tfjs's with the same shape. */
export function asInput(tensor: Tf.Tensor3D): FaceApi.TNetInput {
  return tensor as unknown as FaceApi.TNetInput;
}
