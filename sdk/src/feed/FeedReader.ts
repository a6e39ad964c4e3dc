import type { FeedSink, FeedSource, FeedState, FeedWrite } from './types.ts';

/** What a {@link FeedReader} reads, and where to. */
export interface FeedReaderOptions {
  /** Gives the pages. */
  source: FeedSource;
  /** Where they are written. */
  store: FeedSink;
  /** Samples and tombstones a page, at most. Default 1,000. */
  pageSize?: number;
}

/** How one sync is followed and ended. */
export interface SyncOptions {
  signal?: AbortSignal;
  /** Called after each page is in the store, so that what is in memory can follow. */
  onWrite?: (write: FeedWrite) => void;
}

/** What a sync did. */
export interface SyncResult {
  /** Samples written. */
  faces: number;
  /** Tombstones applied. */
  deleted: number;
  /** The gallery was read anew, because the model or the database is another one. */
  restarted: boolean;
  /** The number in the feed it has come to: Unix milliseconds, strictly increasing. */
  lastUpdatedAt: number;
}

/**
 * Keeps a store in step with the feed. Page by page, each one transaction of the store, so that it can be interrupted
 * anywhere and goes on from there; when everything has to be read anew, the old gallery answers until the new one is
 * complete. One `sync` at a time.
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

  /** Reads until there is no more. Rejects with what the source, the store or the signal rejects with. */
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
   * Reads one page, and tells whether there is more. For stores that several readers share: one that locks its state
   * when asked for it, until a transaction around this call ends, lets them take turns.
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
      // These are changes to encodings this reader does not have: ask from the start.
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

/** Asking when nothing is new costs the store nothing. */
function isWorthWriting({ faces, deleted, target, publishes, position }: FeedWrite, state: FeedState): boolean {
  const before = state[target];
  const moves = before?.lastUpdatedAt !== position.lastUpdatedAt || before.model !== position.model;
  return moves || publishes || faces.length > 0 || deleted.length > 0;
}

function stateAfter({ target, publishes, position }: FeedWrite, { live }: FeedState): FeedState {
  if (target === 'live' || publishes) return { live: position, staged: null };
  return { live, staged: position };
}
