import { Worker } from 'node:worker_threads';
import {
  ENCODING_BYTES,
  type FeedPosition,
  FeedReader,
  type FeedSink,
  type FeedSource,
  type FeedState,
  type FeedSummary,
  type FeedWrite,
} from '@kith/sdk';
import type { FeedFace } from '@/lib/server/feed/readFeed';
import { log } from '@/lib/server/platform/log';
import { WorkerBridge } from '@/lib/server/platform/workers/WorkerBridge';
import { workerOptions } from '@/lib/server/platform/workers/workerOptions';
import { shareRuns } from '@/lib/shared/util/shareRuns';
import type { Candidate, GallerySearch } from '../types';
import type { GalleryCall, WriteAnswer } from './calls';

/** Samples that the event loop packs for the thread at a time: a few milliseconds of work. */
const PAGE_SIZE = 2_000;

/** Maximum number of comparisons per `verify`. A comparison is void if the feed changed meanwhile. */
const COMPARISONS = 3;

/** One worker thread that holds a gallery in memory, and its position in the feed. */
export class GalleryThread implements FeedSink {
  readonly #bridge: WorkerBridge<GalleryCall>;
  #live: FeedPosition = { model: null, lastUpdatedAt: 0 };
  #staged: FeedPosition | null = null;
  #samples = 0;
  #bytes = 0;
  /** Catches up with the feed. Resolves after a read that began after the call. */
  readonly refresh: () => Promise<void>;
  readonly #source: FeedSource;
  readonly #readAgain: () => Promise<unknown>;

  constructor(source: FeedSource) {
    this.#bridge = new WorkerBridge(
      new Worker(new URL('./worker.ts', import.meta.url), { name: 'gallery', ...workerOptions(import.meta.url) }),
    );
    this.#source = source;
    const reader = new FeedReader({ source, store: this, pageSize: PAGE_SIZE });
    let restart = false;
    // Searches wait for it. The comparison is a pass over the whole table, so it is made separately (`verify`).
    this.refresh = shareRuns(async () => {
      await reader.sync({ verify: false, restart });
      restart = false;
    });
    this.#readAgain = () => {
      restart = true;
      return this.refresh();
    };
  }

  /**
   * Compares the gallery with the database by count and checksum, and reads everything again if they differ. Returns
   * false in that case. Returns null if the gallery kept changing.
   */
  async verify(): Promise<boolean | null> {
    for (let i = 0; i < COMPARISONS; i++) {
      await this.refresh();
      const { lastUpdatedAt: after, lineage } = this.#live;
      const page = await this.#source({ after, limit: 1, lineage, verify: true });
      const own = await this.#bridge.call<FeedSummary>({ kind: 'summary' });
      const isStill = !page.hasMore && page.lastUpdatedAt === after && this.#live.lastUpdatedAt === after;
      if (!isStill || page.reset) continue;
      if (own.count === page.count && own.checksum === page.checksum) return true;
      log().warn({ own: own.count, database: page.count }, 'the gallery differs from the database; reading it again');
      await this.#readAgain();
      return false;
    }
    return null;
  }

  get ended(): boolean {
    return this.#bridge.ended;
  }

  get samples(): number {
    return this.#samples;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get lastUpdatedAt(): number {
    return this.#live.lastUpdatedAt;
  }

  search({ probes, limit, groups = null }: GallerySearch): Promise<Candidate[][]> {
    return this.#bridge.call({ kind: 'search', probes, limit, groups });
  }

  close(): Promise<void> {
    return this.#bridge.close();
  }

  async state(): Promise<FeedState> {
    return { live: this.#live, staged: this.#staged };
  }

  async write({ faces, deleted, target, begins, publishes, position }: FeedWrite): Promise<void> {
    const faceIds = Float64Array.from(faces, ({ faceId }) => faceId);
    const numbers = Float64Array.from(faces, ({ updatedAt }) => updatedAt);
    const personIds = Float64Array.from(faces, ({ personId }) => personId ?? 0);
    const gone = Float64Array.from(deleted, ({ faceId }) => faceId);
    const encodings = new Uint8Array(faces.length * ENCODING_BYTES);
    for (const [i, { encoding }] of faces.entries()) encodings.set(encoding, i * ENCODING_BYTES);
    const groupIds = groupIdsOf(faces);
    const { samples, bytes, unusable } = await this.#bridge.call<WriteAnswer>(
      { kind: 'write', target, begins, publishes, faceIds, numbers, personIds, groupIds, encodings, deleted: gone },
      [faceIds.buffer, numbers.buffer, personIds.buffer, encodings.buffer, gone.buffer],
    );
    if (unusable.length > 0) log().warn({ faceIds: unusable }, 'these samples hold no usable encoding and are ignored');
    this.#samples = samples;
    this.#bytes = bytes;
    if (target === 'live' || publishes) {
      this.#live = position;
      this.#staged = null;
    } else {
      this.#staged = position;
    }
  }
}

/**
 * Returns the ids of the groups of each sample's person, which only the server's own feed carries; undefined if nobody
 * has one.
 */
function groupIdsOf(faces: FeedWrite['faces']): number[][] | undefined {
  const ids = faces.map((face) => (face as Partial<FeedFace>).groupIds ?? []);
  return ids.some((each) => each.length > 0) ? ids : undefined;
}
