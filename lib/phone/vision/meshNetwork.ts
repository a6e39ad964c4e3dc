import * as tf from '@tensorflow/tfjs';
import { MESH_SIZE } from '@/lib/shared/vision/align';
import type { MeshOutput } from '@/lib/shared/vision/refineMesh';

/**
 * The face mesh's network alone, for `refineMesh`. face-landmarks-detection crops its regions without pixel centres and
 * without averaging, which moves the points by up to a pixel. Encodings are therefore aligned with the server's code:
 * they differ by 0.01 instead of 0.05 (measured).
 */
export class MeshNetwork {
  readonly #model: tf.GraphModel;

  private constructor(model: tf.GraphModel) {
    this.#model = model;
  }

  /** @param file from `readModelFile` */
  static async load(file: tf.io.IOHandler): Promise<MeshNetwork> {
    return new MeshNetwork(await tf.loadGraphModel(file));
  }

  /** @param pixels RGB bytes of `MESH_SIZE × MESH_SIZE` */
  readonly run = async (pixels: Uint8Array): Promise<MeshOutput> => {
    const outputs = tf.tidy(() => {
      const input = tf.tensor4d(new Float32Array(pixels), [1, MESH_SIZE, MESH_SIZE, 3]).div(255);
      return this.#model.execute(input, ['output_mesh', 'output_faceflag']);
    });
    if (!Array.isArray(outputs)) throw new Error('the face mesh has two outputs');
    const [mesh, presence] = await Promise.all(outputs.map((output) => output.data<'float32'>()));
    tf.dispose(outputs);
    if (!mesh || !presence) throw new Error('the face mesh has two outputs');
    return { mesh, presence: presence[0] ?? 0 };
  };
}
