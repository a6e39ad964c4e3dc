import type { FeedSource } from '@kith/sdk';
import { log } from '@/lib/server/platform/log';
import { WorkerEnded } from '@/lib/server/platform/workers/WorkerBridge';
import type { Candidate, CaughtUp, Gallery, GallerySearch, GalleryStats } from '../types';
import { GalleryThread } from './GalleryThread';

/** Milliseconds between two comparisons with the database. */
const VERIFY_EVERY_MS = 3_600_000;

/**
 * An exact gallery in the memory of one worker thread. The thread starts with the first search or refresh. A thread
 * that fails is replaced, and the new one reads the feed from the start.
 */
export class MemoryGallery implements Gallery {
  readonly #source: FeedSource;
  #thread: GalleryThread | null = null;
  #closed = false;
  readonly #verifyEveryMs: number;
  /** Time of the last full read or comparison of the thread's gallery, ms of `performance.now()`. */
  #verifiedAt = 0;

  /** @param options.verifyEveryMs milliseconds between two comparisons with the database; default: one hour */
  constructor({ source, verifyEveryMs = VERIFY_EVERY_MS }: { source: FeedSource; verifyEveryMs?: number }) {
    this.#source = source;
    this.#verifyEveryMs = verifyEveryMs;
  }

  search(options: GallerySearch): Promise<Candidate[][]> {
    return this.#onThread(async (thread) => {
      await thread.refresh();
      // Use the refreshed thread: a replacement may still be empty.
      return thread.search(options);
    });
  }

  refresh(): Promise<void> {
    return this.#onThread((thread) => thread.refresh());
  }

  async catchUp(): Promise<CaughtUp> {
    const thread = await this.#onThread(async (current) => {
      await current.refresh();
      return current;
    });
    const search = (options: GallerySearch) =>
      this.#onThread(async (current) => {
        // The thread was replaced, and the new one may still be empty.
        if (current !== thread) await current.refresh();
        return current.search(options);
      });
    return { search };
  }

  stats(): GalleryStats {
    const { samples = 0, bytes = 0, lastUpdatedAt = 0 } = this.#thread ?? {};
    return { kind: 'memory', samples, bytes, lastUpdatedAt };
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#thread?.close();
    this.#thread = null;
  }

  /** Runs `work`, and retries it once if the thread fails. */
  async #onThread<T>(work: (thread: GalleryThread) => Promise<T>): Promise<T> {
    try {
      return await work(this.#current());
    } catch (error) {
      if (!(error instanceof WorkerEnded) || this.#closed) throw error;
      log().error({ err: error }, 'the gallery thread ended; starting another');
      return work(this.#current());
    }
  }

  #current(): GalleryThread {
    if (this.#closed) throw new Error('the gallery is closed');
    if (!this.#thread || this.#thread.ended) {
      this.#thread = new GalleryThread(this.#source);
      // A gallery that is now read from the start needs no comparison yet.
      this.#verifiedAt = performance.now();
    } else if (performance.now() - this.#verifiedAt >= this.#verifyEveryMs) {
      this.#verifiedAt = performance.now();
      void this.#verify(this.#thread);
    }
    return this.#thread;
  }

  /** Compares the gallery in the background. A failed comparison is tried again after the next interval. */
  async #verify(thread: GalleryThread): Promise<void> {
    try {
      await thread.verify();
    } catch (error) {
      if (!this.#closed && !thread.ended) log().warn({ err: error }, 'the gallery could not be compared');
    }
  }
}
