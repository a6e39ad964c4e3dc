import type { FeedSink, FeedSource, FeedState, FeedWrite } from './types.ts';

/** Options of a {@link FeedReader}. */
export interface FeedReaderOptions {
  /** Returns the pages. */
  source: FeedSource;
  /** Stores the pages. */
  store: FeedSink;
  /** Maximum number of samples and tombstones per page. Default 1,000. */
  pageSize?: number;
}

/** Options of one sync. */
export interface SyncOptions {
  signal?: AbortSignal;
  /** Called after each page is stored, so that copies in memory can be updated. */
  onWrite?: (write: FeedWrite) => void;
}

/** Result of a sync. */
export interface SyncResult {
  /** Number of samples written. */
  faces: number;
  /** Number of tombstones applied. */
  deleted: number;
  /** Whether the gallery was read again from the start, because the model or the database was replaced. */
  restarted: boolean;
  /** The feed number reached: Unix milliseconds, strictly increasing. */
  lastUpdatedAt: number;
}

/**
 * Syncs a store with the feed. Each page is one transaction of the store, so a sync can be interrupted anywhere and
 * resumes from there. When everything must be read again, the old gallery stays searchable until the new one is
 * complete. Only one `sync` may run at a time.
 */
export class FeedReader {
  readonly #source: FeedSource;
  readonly #store: FeedSink;
  readonly #pageSize: number;

  constructor({ source, store, pageSize = 1000 }: FeedReaderOptions) {
    this.#source = source;
    this.#store = store;
    this.#pageSize = pageSize;
  }

  /** Reads pages until there are no more. Rejects with the error of the source, the store or the signal. */
  async sync(options: SyncOptions = {}): Promise<SyncResult> {
    let step = await this.#step(await this.#store.state(), options);
    const result = step.result;
    while (step.hasMore) {
      step = await this.#step(step.state, options);
      result.faces += step.result.faces;
      result.deleted += step.result.deleted;
      result.restarted ||= step.result.restarted;
      result.lastUpdatedAt = step.result.lastUpdatedAt;
    }
    return result;
  }

  /**
   * Reads one page, and returns whether there are more. For stores shared by several readers: a store that locks its
   * state on reading, until a transaction around this call ends, makes the readers take turns.
   */
  async syncPage(options: SyncOptions = {}): Promise<SyncResult & { hasMore: boolean }> {
    const { result, hasMore } = await this.#step(await this.#store.state(), options);
    return { ...result, hasMore };
  }

  async #step(state: FeedState, { signal, onWrite }: SyncOptions): Promise<Step> {
    signal?.throwIfAborted();
    const { staged, live } = state;
    const position = staged ?? live;
    const page = await this.#source({ after: position.lastUpdatedAt, limit: this.#pageSize, signal });
    const isFirst = page.reset || position.lastUpdatedAt === 0;
    if (!isFirst && page.model !== position.model) {
      // These are changes to encodings that this reader does not have: read from the start.
      return this.#step({ live, staged: { model: page.model, lastUpdatedAt: 0 } }, { signal, onWrite });
    }
    const target = staged || (isFirst && live.lastUpdatedAt > 0) ? 'staged' : 'live';
    const write: FeedWrite = {
      faces: page.faces,
      deleted: page.deleted,
      target,
      begins: isFirst,
      publishes: target === 'staged' && !page.hasMore,
      position: { model: page.model, lastUpdatedAt: page.lastUpdatedAt },
    };
    if (isWorthWriting(write, state)) {
      await this.#store.write(write);
      onWrite?.(write);
    }
    return {
      state: stateAfter(write, state),
      result: {
        faces: page.faces.length,
        deleted: page.deleted.length,
        restarted: write.publishes,
        lastUpdatedAt: page.lastUpdatedAt,
      },
      hasMore: page.hasMore,
    };
  }
}

interface Step {
  state: FeedState;
  result: SyncResult;
  hasMore: boolean;
}

/** A sync without changes does not write to the store. */
function isWorthWriting({ faces, deleted, target, publishes, position }: FeedWrite, state: FeedState): boolean {
  const before = state[target];
  const moves = before?.lastUpdatedAt !== position.lastUpdatedAt || before.model !== position.model;
  return moves || publishes || faces.length > 0 || deleted.length > 0;
}

function stateAfter({ target, publishes, position }: FeedWrite, { live }: FeedState): FeedState {
  if (target === 'live' || publishes) return { live: position, staged: null };
  return { live, staged: position };
}
