import { availableParallelism } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { env } from '@/lib/server/platform/env';
import { FairShare } from '@/lib/server/platform/FairShare';
import { metrics } from '@/lib/server/platform/metrics';
import { processWide } from '@/lib/server/platform/processWide';
import { overloaded } from './overloaded';
import { PixelBudget } from './pixelBudget';

/** Limits of the process. */
export interface Room {
  /** Number of admitted requests with pictures, running or waiting. */
  requests: number;
  /** Bytes of the bodies of all requests together. */
  bytes: number;
  /** Number of decoded pixels. A larger picture is admitted alone. */
  pixels: number;
  /** Number of pictures that are decoded or processed. */
  pictures: number;
  /** Number of pictures that wait for room for their pixels. */
  waiting: number;
}

/** The memory that one request's body holds. */
export interface HeldMemory {
  /** @throws KithError OVERLOADED if the bodies of all requests together are too large */
  add(bytes: number): void;
  release(): void;
}

/**
 * Limits a picture's use of memory before it is decoded: as a request, as bytes of a body, and as pixels. Each is
 * limited for the whole process, and each owner has a share of it. So an owner with stalled uploads or slow image hosts
 * leaves room for the others. The error is always OVERLOADED.
 */
export class PictureGate {
  private readonly requests = new FairShare();
  private readonly bodies = new FairShare();
  private readonly pixels: PixelBudget;

  constructor(private readonly room: Room) {
    this.pixels = new PixelBudget(room);
  }

  /**
   * Admits a request with pictures before its body is read, so that memory depends on what is admitted, not on what is
   * sent.
   * @returns a function that releases the place
   * @throws KithError OVERLOADED
   */
  admit(owner: string): () => void {
    if (!this.requests.take(owner, 1, this.room.requests)) throw overloaded();
    metrics().admitted.set(this.requests.total);
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.requests.giveBack(owner, 1);
      metrics().admitted.set(this.requests.total);
    };
  }

  /**
   * Limits the memory of bodies. The limit on requests is not enough: sixty-six `data:` URLs of 20 MB are more than the
   * heap of a small machine. Bodies without pictures count as well.
   */
  holdBody(owner: string): HeldMemory {
    const { bodies } = this;
    const { bytes: limit } = this.room;
    let held = 0;
    return {
      add(bytes) {
        // A single body has its own limit, and must not be refused for ever.
        if (bodies.total === held) bodies.add(owner, bytes);
        else if (!bodies.take(owner, bytes, limit)) throw overloaded();
        held += bytes;
      },
      release() {
        bodies.giveBack(owner, held);
        held = 0;
      },
    };
  }

  /**
   * Calls `use`, which decodes and processes a picture, once there is room for its pixels.
   * @throws KithError OVERLOADED if too many wait; the signal's reason if the caller stops waiting
   */
  withPixels<T>(
    picture: { pixels: number; owner: string; signal?: AbortSignal | undefined },
    use: () => Promise<T>,
  ): Promise<T> {
    return this.pixels.with(picture, use);
  }
}

/**
 * Maximum number of pictures that are decoded or processed: enough to keep every thread busy, but few, so that waits
 * are short.
 */
const PICTURES = Math.max(12, 4 * availableParallelism());
/** Number of requests that are processed at once. All other admitted requests wait. */
const WORKING = Math.max(2, availableParallelism());
/** Fraction of the heap for bodies. A picture in JSON is in memory as bytes, as text and as the parsed field. */
const BODIES_SHARE = 1 / 8;

/** Returns the gate of this process, with the limits of its settings. It has room for two of the largest pictures. */
export function pictureGate(): PictureGate {
  return processWide('pictureGate', () => {
    const { MAX_IMAGE_PIXELS, INFERENCE_QUEUE } = env();
    return new PictureGate({
      requests: INFERENCE_QUEUE + WORKING,
      bytes: getHeapStatistics().heap_size_limit * BODIES_SHARE,
      pixels: 2 * MAX_IMAGE_PIXELS,
      pictures: PICTURES,
      waiting: INFERENCE_QUEUE,
    });
  });
}
