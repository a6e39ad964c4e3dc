import { overloaded } from './overloaded';

interface Waiter {
  owner: string;
  pixels: number;
  start: () => void;
}

interface Room {
  /** Maximum number of pixels held at once. A larger picture is admitted alone. */
  pixels: number;
  /** Maximum number of pictures processed at once, however small they are. */
  pictures: number;
  /** Maximum number of pictures that wait. */
  waiting: number;
}

/**
 * Limits how many decoded pixels the process holds at once. The bytes of a request are limited by `MAX_IMAGE_BYTES`,
 * but not the pixels: sixty-four waiting pictures of 60 megapixels would take 12 GB. So a picture is decoded when there
 * is room for it, and refused if too many wait. The owner that holds the fewest pixels is next, and among equals the
 * one that came first. So an owner with many pictures does not delay one with few.
 */
export class PixelBudget {
  private free: number;
  private working = 0;
  /** Number of pixels held, by owner. */
  private readonly held = new Map<string, number>();
  private readonly waiters: Waiter[] = [];

  constructor(private readonly room: Room) {
    this.free = room.pixels;
  }

  /** Number of pictures that wait for room. */
  get waiting(): number {
    return this.waiters.length;
  }

  /**
   * Calls `use` while `pixels` are reserved.
   *
   * @throws KithError OVERLOADED if too many wait; `signal.reason` if the caller stops waiting
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
        // A smaller picture may have been waiting behind the one that left.
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

  /** Reserves pixels, or releases them if the number is negative. */
  private hold(owner: string, pixels: number): void {
    this.free -= pixels;
    this.working += Math.sign(pixels);
    const held = (this.held.get(owner) ?? 0) + pixels;
    if (held > 0) this.held.set(owner, held);
    else this.held.delete(owner);
  }

  /** Starts waiting pictures strictly in order, so that small ones do not overtake a large one for ever. */
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
