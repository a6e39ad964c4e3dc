import { availableParallelism } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { env } from '@/lib/server/platform/env';
import { FairShare } from '@/lib/server/platform/FairShare';
import { metrics } from '@/lib/server/platform/metrics';
import { processWide } from '@/lib/server/platform/processWide';
import { overloaded } from './overloaded';
import { PixelBudget } from './pixelBudget';

/** What the process has room for. */
export interface Room {
  /** Requests with pictures that are admitted, whether worked on or waiting. */
  requests: number;
  /** Bytes that the bodies of all requests take together. */
  bytes: number;
  /** Decoded pixels; a picture of more is let in alone. */
  pixels: number;
  /** Pictures that are decoded or looked at. */
  pictures: number;
  /** Pictures that wait for room for their pixels. */
  waiting: number;
}

/** What one request holds of the memory for bodies. */
export interface HeldMemory {
  /** @throws KithError OVERLOADED when the bodies of all requests together are too large */
  add(bytes: number): void;
  release(): void;
}

/**
 * The gate that a picture passes before it is decoded: as a request, as bytes of a body, and as pixels. Each is bounded
 * for the process as a whole, and each owner has a share of it, so that one whose uploads stand still, or whose image
 * hosts are slow, leaves room for the others. Every refusal is the same OVERLOADED.
 */
export class PictureGate {
  private readonly requests = new FairShare();
  private readonly bodies = new FairShare();
  private readonly pixels: PixelBudget;

  constructor(private readonly room: Room) {
    this.pixels = new PixelBudget(room);
  }

  /**
   * Admits a request that carries pictures, before its body is read: memory is bounded by what is admitted, not by what
   * is sent.
   * @returns gives the place back
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
   * Bounds what bodies take. How many requests are admitted bounds it too, but not enough: sixty-six `data:` URLs of 20 MB
   * are more than the heap of a small machine. Bodies without pictures count as well.
   */
  holdBody(owner: string): HeldMemory {
    const { bodies } = this;
    const { bytes: limit } = this.room;
    let held = 0;
    return {
      add(bytes) {
        // One body alone is bounded by its own limit, and must not be refused for ever.
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
   * Runs `use`, which decodes a picture and works with it, once there is room for its pixels.
   * @throws KithError OVERLOADED when too many wait; the signal's reason when the caller stops waiting
   */
  withPixels<T>(
    picture: { pixels: number; owner: string; signal?: AbortSignal | undefined },
    use: () => Promise<T>,
  ): Promise<T> {
    return this.pixels.with(picture, use);
  }
}

/** Pictures that are decoded or looked at at a time: more than keep every thread busy, and few enough to wait behind. */
const PICTURES = Math.max(12, 4 * availableParallelism());
/** Requests that are really worked on at a time; everything admitted beyond waits. */
const WORKING = Math.max(2, availableParallelism());
/** The part of the heap that bodies may take: a picture in JSON is held as bytes, as text and as the parsed field. */
const BODIES_SHARE = 1 / 8;

/** The gate of this process, as wide as its settings say. There is room for two of the largest pictures. */
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
