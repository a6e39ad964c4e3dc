import * as tf from '@tensorflow/tfjs';
import type { Pixels, Similarity } from '../align';
import { boundsOfMesh } from '../align';
import { sampleSquare } from '../sample';
import { modelUrl } from './assets';

/** How much larger than the face the square is that the models were trained on (human, face.detector.cropFactor). */
const CROP_FACTOR = 1.6;
const ANTISPOOF_SIZE = 128;
const LIVENESS_SIZE = 32;

/** 0 (an imitation) to 1 (genuine), by each of the two models. */
export interface PassiveScores {
  real: number;
  live: number;
}

/** Whether a face looks like skin before the camera or like a picture of it, from a single frame. */
export class PassiveLiveness {
  readonly #antispoof: tf.GraphModel;
  readonly #liveness: tf.GraphModel;

  private constructor(antispoof: tf.GraphModel, liveness: tf.GraphModel) {
    this.#antispoof = antispoof;
    this.#liveness = liveness;
  }

  /** Fetches two small models (1.5 MB) from our own origin. */
  static async load(): Promise<PassiveLiveness> {
    const [antispoof, liveness] = await Promise.all([
      tf.loadGraphModel(modelUrl('antispoof.json')),
      tf.loadGraphModel(modelUrl('liveness.json')),
    ]);
    return new PassiveLiveness(antispoof, liveness);
  }

  /** @param points the face's mesh, x and y interleaved, in pixels of the picture */
  async judge(picture: Pixels, points: Float32Array): Promise<PassiveScores> {
    const [real, live] = await Promise.all([
      score(this.#antispoof, picture, squareAround(points, ANTISPOOF_SIZE), ANTISPOOF_SIZE),
      score(this.#liveness, picture, squareAround(points, LIVENESS_SIZE), LIVENESS_SIZE),
    ]);
    return { real, live };
  }
}

function squareAround(points: Float32Array, size: number): Similarity {
  const { left, top, right, bottom } = boundsOfMesh(points);
  const side = Math.max(right - left, bottom - top) * CROP_FACTOR;
  return { a: side / size, b: 0, x: (left + right - side) / 2, y: (top + bottom - side) / 2 };
}

async function score(model: tf.GraphModel, picture: Pixels, square: Similarity, size: number): Promise<number> {
  const crop = sampleSquare(picture, square, size);
  const output = tf.tidy(() => {
    const input = tf.tensor4d(Float32Array.from(crop), [1, size, size, 3]).div(255);
    const result = model.execute(input);
    if (Array.isArray(result)) throw new Error('a liveness model has one output');
    return result.flatten();
  });
  const values = await output.data<'float32'>();
  output.dispose();
  return values[0] ?? 0;
}
