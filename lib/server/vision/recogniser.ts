import { availableParallelism } from 'node:os';
import path from 'node:path';
import PQueue from 'p-queue';
import { boundsOfMesh } from '@/lib/shared/vision/align';
import { type Box, intersectionOverSmaller, iou, nonMaxSuppression } from '@/lib/shared/vision/boxes';
import type { Bitmap, EncodedFace, Face } from '@/lib/shared/vision/types';
import { type DetectorView, detectorViews, turnedViews } from './canvases';
import type { Description } from './describe';
import { InferencePool } from './pool';
import { SharedPictures } from './sharedPictures';
import { type TurnedBox, unturned } from './turn';

/** Maximum number of threads: more are limited by memory bandwidth. */
const MAX_THREADS = 8;

/**
 * Boxes show the same face if their IoU exceeds the first value, or if the intersection over the smaller box exceeds
 * the second.
 */
const SAME_BOX = { iou: 0.4, overSmaller: 0.75 } as const;
/**
 * Meshes lie on the same face if their IoU exceeds the first value, or if the intersection over the smaller one exceeds
 * the second. The second case is, for example, a mesh that took a mouth and a chin for a whole face.
 */
const SAME_MESH = { iou: 0.4, overSmaller: 0.6 } as const;
/** Minimum score of a box in a turned picture: the right turn scores 0.99 and more. */
const MIN_TURNED_SCORE = 0.85;

/** The position of a face is that of its mesh from this presence on, and that of its box below. */
const CONFIDENT_PRESENCE = 0.5;

export interface AnalyseOptions {
  /**
   * The picture, or a function that decodes it. It is called when the picture's turn comes, so that few pictures are in
   * memory at once.
   */
  bitmap: Bitmap | (() => Promise<Bitmap>);
  /** Whether to encode the faces too. */
  encode: boolean;
  signal?: AbortSignal;
}

/** Duration of each stage of a picture, ms; for metrics and benchmarks. */
export interface StageTimes {
  /** Cutting the detector's views; detection of the first starts before the last is cut. */
  views: number;
  /** From then until detection of the last view has ended. */
  detect: number;
  /** Mesh, chip, quality and encoding. */
  describe: number;
}

export interface RecogniserOptions {
  /** The folder `models/`. */
  folder?: string;
  /** Threads of the pool; default one per core. */
  threads?: number | undefined;
  /** Called with the duration of each stage. */
  onStages?: (times: StageTimes) => void;
}

/** Detects, rates and encodes faces on worker threads; the event loop stays free. */
export class Recogniser {
  private readonly pictures: PQueue;
  private readonly shared: SharedPictures;

  private constructor(
    private readonly pool: InferencePool,
    private readonly onStages: ((times: StageTimes) => void) | undefined,
  ) {
    // One picture more than threads: while they are busy, the next is decoded.
    const concurrency = pool.size + 1;
    this.pictures = new PQueue({ concurrency });
    this.shared = new SharedPictures(concurrency);
  }

  /**
   * Loads the networks.
   * @throws ModelError when a model is missing or was modified
   */
  static async load({ folder, threads, onStages }: RecogniserOptions = {}): Promise<Recogniser> {
    const pool = await InferencePool.start({
      folder: folder ?? path.join(/* turbopackIgnore: true */ process.cwd(), 'models'),
      size: threads ?? Math.min(MAX_THREADS, availableParallelism()),
    });
    return new Recogniser(pool, onStages);
  }

  /** Numbers of waiting and running pictures, and of threads. */
  stats(): { waiting: number; running: number; threads: number } {
    return { waiting: this.pictures.size, running: this.pictures.pending, threads: this.pool.size };
  }

  /**
   * Returns every face of a picture once, the largest first. Deterministic: the same picture gives the same result.
   * @throws the signal's reason when it was aborted before the picture's turn came
   */
  analyse(options: AnalyseOptions & { encode: true }): Promise<EncodedFace[]>;
  analyse(options: AnalyseOptions): Promise<Face[]>;
  async analyse({ bitmap, encode, signal }: AnalyseOptions): Promise<Face[]> {
    return this.pictures.add(
      async () => {
        const picture = typeof bitmap === 'function' ? await bitmap() : bitmap;
        const faces = await this.findFaces(picture, encode);
        return encode ? faces.filter(isEncoded) : faces;
      },
      { signal },
    );
  }

  /** Waits for running pictures, then ends the threads. */
  async close(): Promise<void> {
    await this.pictures.onIdle();
    await this.pool.close();
  }

  private async findFaces(bitmap: Bitmap, encode: boolean): Promise<Face[]> {
    const started = performance.now();
    let viewed = started;
    const found = await settled(
      detectorViews(bitmap).map(async (made) => {
        const view = await made;
        viewed = performance.now();
        return this.detect(view);
      }),
    );
    const boxes = sameFaceOnce(found.flat());
    const detected = performance.now();
    let faces = await this.describe(bitmap, boxes, encode);
    if (faces.length === 0) faces = await this.describe(bitmap, await this.detectTurned(bitmap), encode);
    this.onStages?.({ views: viewed - started, detect: detected - viewed, describe: performance.now() - detected });
    return faces.sort((a, b) => area(b) - area(a) || a.position.left - b.position.left);
  }

  private async detect({ left, top, scale, maxFaceWidth, data, width, height }: DetectorView): Promise<Box[]> {
    const found = await this.pool.run({ kind: 'detect', canvas: { data, width, height } }, [
      data.buffer as ArrayBuffer,
    ]);
    return found
      .filter((box) => box.right - box.left <= maxFaceWidth)
      .map((box) => ({
        left: left + box.left / scale,
        top: top + box.top / scale,
        right: left + box.right / scale,
        bottom: top + box.bottom / scale,
        score: box.score,
      }));
  }

  /** Detects faces that lie on their side or upside down. They need a picture in which nothing is upright. */
  private async detectTurned(bitmap: Bitmap): Promise<TurnedBox[]> {
    const views = await turnedViews(bitmap);
    const found = await settled(
      views.map(async (view) => {
        const { turn } = view;
        const boxes = await this.detect(view);
        return boxes.map((box) => ({ ...unturned(box, turn, bitmap), score: box.score, turn }));
      }),
    );
    return found.flat().filter(({ score }) => score >= MIN_TURNED_SCORE);
  }

  private async describe(bitmap: Bitmap, boxes: TurnedBox[], encode: boolean): Promise<Face[]> {
    if (boxes.length === 0) return [];
    const groups = split(boxes, this.pool.size);
    const described = await this.shared.with(bitmap, (picture) =>
      settled(groups.map((boxes) => this.pool.run({ kind: 'describe', picture, boxes, encode }))),
    );
    const faces = described.flat();
    return nonMaxSuppression(
      faces.map((face) => ({ ...boundsOfMesh(face.landmarks), score: face.box.score * face.quality.presence, face })),
      (a, b) => iou(a, b) > SAME_MESH.iou || intersectionOverSmaller(a, b) > SAME_MESH.overSmaller,
    ).map(({ face, ...mesh }) => toFace(face, mesh));
  }
}

/** Removes boxes that show the same face as a better box. */
function sameFaceOnce(boxes: Box[]): Box[] {
  return nonMaxSuppression(
    boxes,
    (a, b) => iou(a, b) > SAME_BOX.iou || intersectionOverSmaller(a, b) > SAME_BOX.overSmaller,
  );
}

function toFace({ box, landmarks, quality, encoding }: Description, mesh: Box): Face {
  // The mesh locates the face better than the detector, if it lies on a face.
  const { top, left, bottom, right } = quality.presence >= CONFIDENT_PRESENCE ? mesh : box;
  return {
    position: {
      top: Math.round(top),
      left: Math.round(left),
      bottom: Math.round(bottom),
      right: Math.round(right),
    },
    score: box.score,
    landmarks,
    quality,
    ...(encoding && { encoding }),
  };
}

/** Like `Promise.all`, but settles only after every promise has settled: until then threads read the picture. */
async function settled<T>(promises: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

/** Splits items into at most `parts` groups of nearly equal size. */
function split<T>(items: T[], parts: number): T[][] {
  const count = Math.min(parts, items.length);
  return Array.from({ length: count }, (_, part) => items.filter((_, i) => i % count === part));
}

function area({ position: { top, left, bottom, right } }: Face): number {
  return (bottom - top) * (right - left);
}

function isEncoded(face: Face): face is EncodedFace {
  return face.encoding !== undefined;
}
