import * as tf from '@tensorflow/tfjs';
import * as faceApiModule from '@vladmandic/face-api/dist/face-api.esm-nobundle.js';
import { CHIP_SIZE } from '@/lib/shared/vision/align';
import { type FetchAsset, readWeights } from './modelFile';

/**
 * The part of face-api that is used, with its types at runtime. Its own types describe the copy of tfjs bundled with
 * its other build, and an environment with DOM elements. This build shares our tfjs and runs in a worker.
 */
interface FaceApi {
  env: { setEnv(environment: Record<string, unknown>): void };
  FaceRecognitionNet: new () => RecognitionNet;
}

interface RecognitionNet {
  loadFromWeightMap(weights: tf.NamedTensorMap): void;
  computeFaceDescriptor(chip: tf.Tensor3D): Promise<Float32Array | Float32Array[]>;
}

const faceApi = faceApiModule as unknown as FaceApi;

/** Computes the 128-float encoding of an aligned chip, with the same weights as the server. */
export class Encoder {
  readonly #net: RecognitionNet;

  private constructor(net: RecognitionNet) {
    this.#net = net;
  }

  /** Loads the weights (6 MB). Throws when they are missing. */
  static async load(fetchAsset: FetchAsset): Promise<Encoder> {
    prepareEnvironment();
    const weights = await readWeights('face_recognition_model-weights_manifest.json', fetchAsset);
    const net = new faceApi.FaceRecognitionNet();
    net.loadFromWeightMap(weights);
    return new Encoder(net);
  }

  /** @param chip 150 × 150 RGB bytes, see `similarityOfChip` */
  async encode(chip: Uint8Array): Promise<Float32Array> {
    const tensor = tf.tensor3d(new Float32Array(chip), [CHIP_SIZE, CHIP_SIZE, 3]);
    try {
      const encoding = await this.#net.computeFaceDescriptor(tensor);
      if (!(encoding instanceof Float32Array)) throw new Error('face-api returned several encodings for one chip');
      return encoding;
    } finally {
      tensor.dispose();
    }
  }
}

/** Sets face-api's environment: it detects only pages and Node, not workers. */
function prepareEnvironment(): void {
  const none = () => {
    throw new Error('a worker has no DOM elements');
  };
  faceApi.env.setEnv({
    Canvas: OffscreenCanvas,
    CanvasRenderingContext2D: OffscreenCanvasRenderingContext2D,
    Image: OffscreenCanvas,
    Video: OffscreenCanvas,
    ImageData,
    createCanvasElement: none,
    createImageElement: none,
    createVideoElement: none,
    readFile: none,
    fetch: none,
  });
}
