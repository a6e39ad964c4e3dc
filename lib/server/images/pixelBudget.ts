import { overloaded } from './overloaded';

interface Waiter {
  owner: string;
  pixels: number;
  start: () => void;
}

interface Room {
  /** That may be held at once; a picture larger than that is let in alone. */
  pixels: number;
  /** That may be worked on at once, however small they are. */
  pictures: number;
  /** Pictures that may wait. */
  waiting: number;
}

/**
 * Bounds how many decoded pixels the process holds at once. A request's bytes are small and bounded by
 * `MAX_IMAGE_BYTES`; what they unfold to is not: sixty-four waiting pictures of 60 megapixels would be 12 GB. So a
 * picture is decoded when there is room for it, and those beyond what may wait are refused. Whoever holds the least comes
 * next, and among equals whoever came first: one with many pictures is waited for no longer than one with few.
 */
export class PixelBudget {
  private free: number;
  private working = 0;
  /** Pixels held, by owner. */
  private readonly held = new Map<string, number>();
  private readonly waiters: Waiter[] = [];

  constructor(private readonly room: Room) {
    this.free = room.pixels;
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
  async with<T>(options: { pixels: number; owner: string; signal?: AbortSignal }, use: () => Promise<T>): Promise<T> {
    const { owner, signal } = options;
    const pixels = Math.min(options.pixels, this.room.pixels);
    await this.acquire({ owner, pixels }, signal);
    try {
      return await use();
    } finally {
      this.hold(owner, -pixels);
      this.startWaiters();
    }
  }

  private async acquire({ owner, pixels }: Omit<Waiter, 'start'>, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (this.waiters.length === 0 && this.fits(pixels)) {
      this.hold(owner, pixels);
      return;
    }
    if (this.waiters.length >= this.room.waiting) {
      throw overloaded();
    }
    await new Promise<void>((resolve, reject) => {
      const stop = () => {
        this.waiters.splice(this.waiters.indexOf(waiter), 1);
        // The one that left may have been what a smaller one was waiting behind.
        this.startWaiters();
        reject(signal?.reason);
      };
      const waiter: Waiter = {
        owner,
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

  private fits(pixels: number): boolean {
    return pixels <= this.free && this.working < this.room.pictures;
  }

  /** Takes pixels, or with a negative number gives them back. */
  private hold(owner: string, pixels: number): void {
    this.free -= pixels;
    this.working += Math.sign(pixels);
    const held = (this.held.get(owner) ?? 0) + pixels;
    if (held > 0) this.held.set(owner, held);
    else this.held.delete(owner);
  }

  /** One after the other, so that a large picture is not overtaken for ever by small ones. */
  private startWaiters(): void {
    for (let next = this.next(); next && this.fits(next.pixels); next = this.next()) {
      this.waiters.splice(this.waiters.indexOf(next), 1);
      this.hold(next.owner, next.pixels);
      next.start();
    }
  }

  private next(): Waiter | undefined {
    const heldBy = ({ owner }: Waiter) => this.held.get(owner) ?? 0;
    return this.waiters.reduce<Waiter | undefined>(
      (first, waiter) => (first && heldBy(first) <= heldBy(waiter) ? first : waiter),
      undefined,
    );
  }
}
