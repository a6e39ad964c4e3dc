import { KithError } from '@/lib/shared/contract/errors';

interface Waiter {
  pixels: number;
  start: () => void;
}

/**
 * Bounds how many decoded pixels the process holds at once. A request's bytes are small and bounded by
 * `MAX_IMAGE_BYTES`; what they unfold to is not: sixty-four waiting pictures of 60 megapixels would be 12 GB. So a
 * picture is decoded when there is room for it, first come, first served, and those beyond `maxWaiting` are refused.
 */
export class PixelBudget {
  private free: number;
  private readonly waiters: Waiter[] = [];

  /**
   * @param total pixels that may be held at once; a picture larger than that is let in alone
   * @param maxWaiting pictures that may wait
   */
  constructor(
    private readonly total: number,
    private readonly maxWaiting: number,
  ) {
    this.free = total;
  }

  /** Pictures waiting for room. */
  get waiting(): number {
    return this.waiters.length;
  }

  /**
   * Runs `use` while `pixels` are set aside.
   *
   * @throws KithError OVERLOADED when too many wait; `signal.reason` when the caller stops waiting
   */
  async with<T>(options: { pixels: number; signal?: AbortSignal }, use: () => Promise<T>): Promise<T> {
    const pixels = Math.min(options.pixels, this.total);
    await this.acquire(pixels, options.signal);
    try {
      return await use();
    } finally {
      this.free += pixels;
      this.startWaiters();
    }
  }

  private async acquire(pixels: number, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (this.waiters.length === 0 && pixels <= this.free) {
      this.free -= pixels;
      return;
    }
    if (this.waiters.length >= this.maxWaiting) {
      throw new KithError('OVERLOADED', 'The server has as many pictures as it can work on. Try again in a moment.', {
        retryAfterSeconds: 1,
      });
    }
    await new Promise<void>((resolve, reject) => {
      const stop = () => {
        this.waiters.splice(this.waiters.indexOf(waiter), 1);
        // The one that left may have been what a smaller one was waiting behind.
        this.startWaiters();
        reject(signal?.reason);
      };
      const waiter: Waiter = {
        pixels,
        start: () => {
          signal?.removeEventListener('abort', stop);
          resolve();
        },
      };
      signal?.addEventListener('abort', stop, { once: true });
      this.waiters.push(waiter);
    });
  }

  /** In order, so that a large picture is not overtaken for ever by small ones. */
  private startWaiters(): void {
    for (let next = this.waiters[0]; next && next.pixels <= this.free; next = this.waiters[0]) {
      this.waiters.shift();
      this.free -= next.pixels;
      next.start();
    }
  }
}
