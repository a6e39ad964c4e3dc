import type { io } from '@tensorflow/tfjs';
import {
  createDetector,
  type FaceLandmarksDetector,
  SupportedModels,
} from '@tensorflow-models/face-landmarks-detection';
import { MESH_POINTS } from '@/lib/shared/vision/align';

/** Maximum number of faces per frame; equals the tracker's maximum. */
export const MAX_FACES = 5;

/** Passes after which the mesh of a single picture has converged (docs/decisions: measured at 0.009 after four). */
const STILL_PASSES = 4;

/**
 * The pinned face-landmarks-detection 1.0.6 searches for new faces whenever it tracks fewer than `maxFaces`. Changing
 * this field, which its public type lacks, saves the cost of a search in every frame.
 */
type SteerableDetector = FaceLandmarksDetector & { maxFaces: number };

/**
 * Finds faces and their 468 mesh points in the frames of one video. It remembers the position of each face between
 * frames, so each frame refines the region from the face's own points (docs/decisions/0010).
 */
export class FaceMesh {
  readonly #detector: SteerableDetector;
  #following = 0;

  private constructor(detector: SteerableDetector) {
    this.#detector = detector;
  }

  /** @param files of the detector and the mesh, see `readModelFile` */
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
   * Returns the faces of the next frame: 468 points each, x and y interleaved, in pixels of the picture. `search`: also
   * search for new faces. Without it, only known faces are tracked; once all are lost, it searches anyway.
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

  /** Returns the faces of a single picture, with the mesh iterated until it converges. Resets the video's state. */
  async findInStill(picture: ImageData): Promise<Float32Array[]> {
    this.reset();
    let faces: Float32Array[] = [];
    for (let pass = 0; pass < STILL_PASSES; pass++) faces = await this.find(picture, { search: pass === 0 });
    this.reset();
    return faces;
  }

  /** Forgets the positions of faces: another camera, another picture. */
  reset(): void {
    this.#following = 0;
    this.#detector.reset();
  }
}

function isSteerable(detector: FaceLandmarksDetector): detector is SteerableDetector {
  return 'maxFaces' in detector && typeof detector.maxFaces === 'number';
}
