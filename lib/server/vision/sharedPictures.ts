import type { Bitmap } from '@/lib/shared/vision/types';
import type { SharedPicture } from './job';

/** Milliseconds after which memory that no picture needed is given up. */
const IDLE_MS = 30_000;

/**
 * Memory in which threads see a picture, used again and again. A thread keeps what it was sent until it collects
 * garbage, and shared memory gives it no reason to: with a new buffer for each picture, a dozen large ones in a row
 * held gigabytes.
 */
export class SharedPictures {
  private free: SharedArrayBuffer[] = [];
  private idle: NodeJS.Timeout | undefined;

  /** @param keep how many buffers may wait for the next picture: as many as there are pictures at a time */
  constructor(private readonly keep: number) {}

  /** Runs `use` with a copy of the picture that all threads can see. It must not be read afterwards. */
  async with<T>({ data, width, height }: Bitmap, use: (picture: SharedPicture) => Promise<T>): Promise<T> {
    clearTimeout(this.idle);
    const pixels = this.take(data.length);
    try {
      new Uint8Array(pixels).set(data);
      return await use({ pixels, width, height });
    } finally {
      this.give(pixels);
    }
  }

  /** The smallest that is large enough. Sizes are powers of two, so that pictures of about one size share. */
  private take(bytes: number): SharedArrayBuffer {
    const index = this.free.findIndex((buffer) => buffer.byteLength >= bytes);
    const found = index < 0 ? undefined : this.free.splice(index, 1)[0];
    return found ?? new SharedArrayBuffer(2 ** Math.ceil(Math.log2(Math.max(1, bytes))));
  }

  private give(pixels: SharedArrayBuffer): void {
    this.free.push(pixels);
    this.free.sort((a, b) => a.byteLength - b.byteLength);
    // The smaller ones serve fewer pictures.
    this.free = this.free.slice(-this.keep);
    clearTimeout(this.idle);
    this.idle = setTimeout(() => {
      this.free = [];
    }, IDLE_MS).unref();
  }
}
