import * as tf from '@tensorflow/tfjs';
import { MESH_SIZE } from '@/lib/shared/vision/align';
import type { MeshOutput } from '@/lib/shared/vision/mesh';

/**
 * The face mesh's network by itself, for `settleMesh`. face-landmarks-detection follows faces from frame to frame,
 * but cuts its regions out without regard to pixel middles and without averaging, which moves the points by up to a
 * pixel; what is encoded is therefore aligned by the code that the server aligns with (measured: 0.05 apart without,
 * 0.01 with).
 */
export class MeshNetwork {
  readonly #model: tf.GraphModel;

  private constructor(model: tf.GraphModel) {
    this.#model = model;
  }

  /** @param file of `readModelFile` */
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
