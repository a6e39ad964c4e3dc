import type { Bitmap } from '@/lib/shared/vision/types';
import type { SharedPicture } from './job';

/** Time after which unused memory is released, ms. */
const IDLE_MS = 30_000;

/**
 * A pool of shared memory for pictures. A thread keeps a received buffer until it collects garbage, and shared memory
 * does not trigger that. With a new buffer per picture, a dozen large pictures in a row held gigabytes.
 */
export class SharedPictures {
  private free: SharedArrayBuffer[] = [];
  private idle: NodeJS.Timeout | undefined;

  /** @param keep maximum number of idle buffers: the number of concurrent pictures */
  constructor(private readonly keep: number) {}

  /** Calls `use` with a copy of the picture that all threads can read. The copy must not be read afterwards. */
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

  /** Returns the smallest sufficient buffer. Sizes are powers of two, so that pictures of similar size share. */
  private take(bytes: number): SharedArrayBuffer {
    const index = this.free.findIndex((buffer) => buffer.byteLength >= bytes);
    const found = index < 0 ? undefined : this.free.splice(index, 1)[0];
    return found ?? new SharedArrayBuffer(2 ** Math.ceil(Math.log2(Math.max(1, bytes))));
  }

  private give(pixels: SharedArrayBuffer): void {
    this.free.push(pixels);
    this.free.sort((a, b) => a.byteLength - b.byteLength);
    // Drop the smaller ones, which fit fewer pictures.
    this.free = this.free.slice(-this.keep);
    clearTimeout(this.idle);
    this.idle = setTimeout(() => {
      this.free = [];
    }, IDLE_MS).unref();
  }
}
