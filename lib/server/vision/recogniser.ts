import { availableParallelism } from 'node:os';
import path from 'node:path';
import PQueue from 'p-queue';
import { boundsOfMesh } from '@/lib/shared/vision/align';
import { type Box, containment, overlap, suppress } from '@/lib/shared/vision/boxes';
import type { Bitmap, Face } from '@/lib/shared/vision/types';
import { type DetectorView, detectorViews } from './canvases';
import { type Description, HOPELESS_MESH } from './describe';
import { InferencePool } from './pool';
import { SharedPictures } from './sharedPictures';

/** More threads than this wait for memory, not for each other's work. */
const MAX_THREADS = 8;

/** Boxes that overlap by more than the first, or lie in each other by more than the second, show the same face. */
const SAME_BOX = { overlap: 0.4, containment: 0.75 } as const;
/**
 * Meshes that overlap by more than the first lie on the same face; so do those of which one lies in the other by more
 * than the second: a mesh that took a mouth and a chin for a whole face.
 */
const SAME_MESH = { overlap: 0.4, containment: 0.6 } as const;
/** A box of at least this score is a face unless its mesh is hopeless; one below needs a mesh that is sure. */
const SURE_BOX = 0.7;
/** How sure the mesh must be of a box that the detector is not sure of; and the more so where the detector hardly is. */
const SURE_MESH = 0.5;
const DOUBTFUL = { detector: 0.3, mesh: 0.95 } as const;

export interface AnalyseOptions {
  /** The picture, or what makes it: called when its turn has come, so that few pictures are in memory at a time. */
  bitmap: Bitmap | (() => Promise<Bitmap>);
  /** Whether to encode the faces too. */
  encode: boolean;
  signal?: AbortSignal;
}

/** Milliseconds that each stage of the last pictures took; for metrics and benchmarks. */
export interface StageTimes {
  /** Making the detector's views; detection of the first has begun before the last is made. */
  views: number;
  /** From then on until the last view has been looked at. */
  detect: number;
  /** Mesh, chip, quality and encoding. */
  describe: number;
}

export interface RecogniserOptions {
  /** The folder `models/`. */
  folder?: string;
  /** Threads of the pool; one a core by default. */
  threads?: number;
  /** Told what each stage took. */
  onStages?: (times: StageTimes) => void;
}

/** Finds, measures and encodes faces on worker threads; the event loop stays free. */
export class Recogniser {
  private readonly pictures: PQueue;
  private readonly shared: SharedPictures;

  private constructor(
    private readonly pool: InferencePool,
    private readonly onStages: ((times: StageTimes) => void) | undefined,
  ) {
    // One picture more than there are threads: while they run, the next is decoded.
    const concurrency = pool.size + 1;
    this.pictures = new PQueue({ concurrency });
    this.shared = new SharedPictures(concurrency);
  }

  /**
   * Loads the networks.
   * @throws ModelError when a model is missing or was changed
   */
  static async load({ folder, threads, onStages }: RecogniserOptions = {}): Promise<Recogniser> {
    const pool = await InferencePool.start({
      folder: folder ?? path.join(/* turbopackIgnore: true */ process.cwd(), 'models'),
      size: threads ?? Math.min(MAX_THREADS, availableParallelism()),
    });
    return new Recogniser(pool, onStages);
  }

  /** Pictures that wait and that are being looked at. */
  stats(): { waiting: number; running: number; threads: number } {
    return { waiting: this.pictures.size, running: this.pictures.pending, threads: this.pool.size };
  }

  /**
   * Every face of a picture, each once, the largest first; the same picture gives the same answer.
   * @throws the signal's reason when it was aborted before the picture's turn came
   */
  async analyse({ bitmap, encode, signal }: AnalyseOptions): Promise<Face[]> {
    return this.pictures.add(
      async () => {
        const picture = typeof bitmap === 'function' ? await bitmap() : bitmap;
        return this.look(picture, encode);
      },
      { signal },
    );
  }

  /** Waits for what runs and ends the threads. */
  async close(): Promise<void> {
    await this.pictures.onIdle();
    await this.pool.close();
  }

  private async look(bitmap: Bitmap, encode: boolean): Promise<Face[]> {
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
    const faces = boxes.length > 0 ? await this.describe(bitmap, boxes, encode) : [];
    this.onStages?.({ views: viewed - started, detect: detected - viewed, describe: performance.now() - detected });
    return faces.sort((a, b) => area(b) - area(a) || a.position.left - b.position.left);
  }

  private async detect({ left, top, scale, leastFace, reach, data, width, height }: DetectorView): Promise<Box[]> {
    const found = await this.pool.run({ kind: 'detect', canvas: { data, width, height }, reach }, [
      data.buffer as ArrayBuffer,
    ]);
    return found
      .filter((box) => box.right - box.left >= leastFace)
      .map((box) => ({
        left: left + box.left / scale,
        top: top + box.top / scale,
        right: left + box.right / scale,
        bottom: top + box.bottom / scale,
        score: box.score,
      }));
  }

  private async describe(bitmap: Bitmap, boxes: Box[], encode: boolean): Promise<Face[]> {
    const groups = split(boxes, this.pool.size);
    const described = await this.shared.with(bitmap, (picture) =>
      settled(groups.map((boxes) => this.pool.run({ kind: 'describe', picture, boxes, encode }))),
    );
    const faces = described.flat().filter(isFace);
    return suppress(
      faces.map((face) => ({ ...boundsOfMesh(face.landmarks), score: face.box.score * face.quality.presence, face })),
      (a, b) => overlap(a, b) > SAME_MESH.overlap || containment(a, b) > SAME_MESH.containment,
    ).map(({ face, ...mesh }) => toFace(face, mesh));
  }
}

/** Drops boxes that show a face another box shows better. */
function sameFaceOnce(boxes: Box[]): Box[] {
  return suppress(boxes, (a, b) => overlap(a, b) > SAME_BOX.overlap || containment(a, b) > SAME_BOX.containment);
}

function isFace({ box, quality }: Description): boolean {
  if (quality.presence < HOPELESS_MESH) return false;
  if (box.score >= SURE_BOX) return true;
  return quality.presence >= (box.score < DOUBTFUL.detector ? DOUBTFUL.mesh : SURE_MESH);
}

function toFace({ box, landmarks, quality, encoding }: Description, mesh: Box): Face {
  // The mesh knows better than the detector where the face is, as long as it lies on one.
  const { top, left, bottom, right } = quality.presence >= SURE_MESH ? mesh : box;
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

/** Like `Promise.all`, but not before every promise has come to its end: until then threads read the picture. */
async function settled<T>(promises: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

/** At most `parts` groups of nearly the same size. */
function split<T>(items: T[], parts: number): T[][] {
  const count = Math.min(parts, items.length);
  return Array.from({ length: count }, (_, part) => items.filter((_, i) => i % count === part));
}

function area({ position: { top, left, bottom, right } }: Face): number {
  return (bottom - top) * (right - left);
}
