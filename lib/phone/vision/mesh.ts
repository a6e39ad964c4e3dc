import type { io } from '@tensorflow/tfjs';
import {
  createDetector,
  type FaceLandmarksDetector,
  SupportedModels,
} from '@tensorflow-models/face-landmarks-detection';
import { MESH_POINTS } from '@/lib/shared/vision/align';

/** As many faces as are followed at once. */
export const MAX_FACES = 5;

/** Passes after which the mesh of a still picture stands still (docs/decisions: measured at 0.009 after four). */
const STILL_PASSES = 4;

/**
 * The pinned face-landmarks-detection 1.0.6 looks for new faces whenever it follows fewer than `maxFaces`. The field
 * is not in its public type, but it is how the cost of searching every frame is saved.
 */
type SteerableDetector = FaceLandmarksDetector & { maxFaces: number };

/**
 * Finds faces and their 468 mesh points in the frames of one video. Between frames it remembers where each face was,
 * so the region of a face is refined from its own points (docs/decisions/0010) by the mere passing of frames.
 */
export class FaceMesh {
  readonly #detector: SteerableDetector;
  #following = 0;

  private constructor(detector: SteerableDetector) {
    this.#detector = detector;
  }

  /** @param files the detector's and the mesh's, see `readModelFile` */
  static async load(files: { detector: io.IOHandler; mesh: io.IOHandler }): Promise<FaceMesh> {
    const detector = await createDetector(SupportedModels.MediaPipeFaceMesh, {
      runtime: 'tfjs',
      refineLandmarks: false,
      maxFaces: MAX_FACES,
      detectorModelUrl: files.detector,
      landmarkModelUrl: files.mesh,
    });
    if (!isSteerable(detector)) throw new Error('face-landmarks-detection is not the pinned version');
    return new FaceMesh(detector);
  }

  /**
   * The faces of the next frame: 468 points each, x and y interleaved, in pixels of the picture. With `search` new
   * faces are looked for; without, only known ones are followed (and searched for all the same once all are lost).
   */
  async find(picture: ImageData, { search }: { search: boolean }): Promise<Float32Array[]> {
    this.#detector.maxFaces = search || this.#following === 0 ? MAX_FACES : this.#following;
    const faces = await this.#detector.estimateFaces(picture, { flipHorizontal: false, staticImageMode: false });
    this.#following = faces.length;
    return faces.map(({ keypoints }) => {
      const points = new Float32Array(MESH_POINTS * 2);
      keypoints.forEach(({ x, y }, i) => {
        points[i * 2] = x;
        points[i * 2 + 1] = y;
      });
      return points;
    });
  }

  /** The faces of a picture on its own, with the mesh iterated until it stands still. Forgets the video before it. */
  async findInStill(picture: ImageData): Promise<Float32Array[]> {
    this.reset();
    let faces: Float32Array[] = [];
    for (let pass = 0; pass < STILL_PASSES; pass++) faces = await this.find(picture, { search: pass === 0 });
    this.reset();
    return faces;
  }

  /** Forgets where faces were: another camera, another picture. */
  reset(): void {
    this.#following = 0;
    this.#detector.reset();
  }
}

function isSteerable(detector: FaceLandmarksDetector): detector is SteerableDetector {
  return 'maxFaces' in detector && typeof detector.maxFaces === 'number';
}
