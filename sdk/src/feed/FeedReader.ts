import { type FeedSummary, summaryOf } from './FeedSum.ts';
import type { FeedPage, FeedSink, FeedSource, FeedState, FeedStore, FeedWrite } from './types.ts';

/** Options of a {@link FeedReader}. */
export interface FeedReaderOptions {
  /** Returns the pages. */
  source: FeedSource;
  /** Stores the pages. */
  store: FeedSink;
  /** Maximum number of samples and tombstones per page. Default 1,000. */
  pageSize?: number;
  /**
   * Milliseconds after which a sync compares the store with the server by count and checksum, and reads everything
   * again where they differ. The first sync of a reader does so too. Default: one hour.
   */
  verifyEveryMs?: number;
}

/** Options of one sync. */
export interface SyncOptions {
  signal?: AbortSignal;
  /** Called after each page is stored, so that copies in memory can be updated. */
  onWrite?: (write: FeedWrite) => void;
  /** Compare the store with the server in this sync, or not. Default: when it is due. */
  verify?: boolean | undefined;
  /** Read everything again from the start. The old gallery stays searchable until the new one is complete. */
  restart?: boolean | undefined;
}

/** Result of a sync. */
export interface SyncResult {
  /** Number of samples written. */
  faces: number;
  /** Number of tombstones applied. */
  deleted: number;
  /** Whether the gallery was read again from the start: another model or database, or it differed from the server's. */
  restarted: boolean;
  /** The feed number reached: Unix milliseconds, strictly increasing. */
  lastUpdatedAt: number;
  /**
   * True: count and checksum equal the server's. False: they differ even after everything was read again. Missing: they
   * were not compared.
   */
  verified?: boolean;
}

const HOUR_MS = 3_600_000;

/**
 * Syncs a store with the feed. Each page is one transaction of the store, so a sync can be interrupted anywhere and
 * resumes from there. When everything must be read again, the old gallery stays searchable until the new one is
 * complete. Only one `sync` may run at a time.
 */
export class FeedReader {
  readonly #source: FeedSource;
  readonly #store: FeedSink;
  readonly #pageSize: number;
  readonly #verifyEveryMs: number;
  /** When the store was last found equal to the server, by `Date.now()`. */
  #verifiedAt = Number.NEGATIVE_INFINITY;

  constructor({ source, store, pageSize = 1000, verifyEveryMs = HOUR_MS }: FeedReaderOptions) {
    this.#source = source;
    this.#store = store;
    this.#pageSize = pageSize;
    this.#verifyEveryMs = verifyEveryMs;
  }

  /** Reads pages until there are no more. Rejects with the error of the source, the store or the signal. */
  async sync(options: SyncOptions = {}): Promise<SyncResult> {
    const state = await this.#store.state();
    const verifyChanged = options.verify !== false;
    const asked = { ...options, verify: options.verify ?? this.#isDue(state), verifyChanged };
    let run = await this.#readAll(options.restart ? restartOf(state) : state, asked);
    if (run.changedLineage && !run.summary && verifyChanged) {
      run = sumOf(run, await this.#readAll(run.state, { ...asked, verify: true }));
    }
    if (!run.summary) return run.result;
    let equal = await this.#equals(run.summary);
    if (equal === false && !run.beganAnew) {
      run = sumOf(run, await this.#readAll(restartOf(run.state), { ...options, verify: true }));
      equal = run.summary ? await this.#equals(run.summary) : null;
    }
    // If a difference remains after reading everything, it is examined again when the next check is due.
    this.#verifiedAt = Date.now();
    return equal === null ? run.result : { ...run.result, verified: equal };
  }

  /**
   * Reads one page, and returns whether there are more. For stores shared by several readers: a store that locks its
   * state on reading, until a transaction around this call ends, makes the readers take turns.
   */
  async syncPage(options: SyncOptions = {}): Promise<SyncResult & { hasMore: boolean }> {
    const state = await this.#store.state();
    const { result, page } = await this.#step(options.restart ? restartOf(state) : state, options);
    return { ...result, hasMore: page.hasMore };
  }

  #isDue({ live, staged }: FeedState): boolean {
    // Absolute, because a clock that is set back would otherwise delay the check.
    const age = Math.abs(Date.now() - this.#verifiedAt);
    const position = staged ?? live;
    return age >= this.#verifyEveryMs || (this.#verifyEveryMs < Number.POSITIVE_INFINITY && !position.lineage);
  }

  /** Compares the store with the server's summary. Returns null if the store cannot be summed. */
  async #equals({ count, checksum }: FeedSummary): Promise<boolean | null> {
    const store = this.#store as FeedSink & Partial<FeedStore>;
    const own = await (store.summary
      ? store.summary()
      : typeof store.faces === 'function'
        ? summaryOf(store.faces())
        : null);
    return own && own.count === count && own.checksum === checksum;
  }

  async #readAll(before: FeedState, options: SyncOptions & { verifyChanged?: boolean }): Promise<Run> {
    let run: Run | null = null;
    for (let state = before, hasMore = true; hasMore; ) {
      const verify = options.verify || (options.verifyChanged && run?.changedLineage);
      const step = await this.#step(state, { ...options, verify });
      run = run ? sumOf(run, step) : step;
      ({ state } = step);
      ({ hasMore } = step.page);
    }
    return run as Run;
  }

  async #step(state: FeedState, options: SyncOptions): Promise<Step> {
    const { signal, onWrite, verify } = options;
    signal?.throwIfAborted();
    const { staged, live } = state;
    const position = staged ?? live;
    const page = await this.#source({
      after: position.lastUpdatedAt,
      limit: this.#pageSize,
      lineage: position.lineage,
      verify: verify || undefined,
      signal,
    });
    const isFirst = page.reset || position.lastUpdatedAt === 0;
    const isOfAnother =
      page.lineage !== undefined && position.lineage !== undefined && page.lineage !== position.lineage;
    if (!isFirst && (page.model !== position.model || isOfAnother)) {
      // The page changes samples that this reader does not have: read from the start.
      return this.#step({ live, staged: { model: page.model, lastUpdatedAt: 0 } }, options);
    }
    const target = staged || (isFirst && live.lastUpdatedAt > 0) ? 'staged' : 'live';
    const write: FeedWrite = {
      faces: page.faces,
      deleted: page.deleted,
      target,
      begins: isFirst,
      publishes: target === 'staged' && !page.hasMore,
      position: {
        model: page.model,
        lastUpdatedAt: page.lastUpdatedAt,
        ...(page.lineage !== undefined && { lineage: page.lineage }),
      },
    };
    if (isWorthWriting(write, state)) {
      await this.#store.write(write);
      onWrite?.(write);
    }
    const { count, checksum } = page;
    return {
      page,
      state: stateAfter(write, state),
      result: {
        faces: page.faces.length,
        deleted: page.deleted.length,
        restarted: write.publishes,
        lastUpdatedAt: page.lastUpdatedAt,
      },
      changedLineage: page.lineage !== undefined && live.lineage !== undefined && page.lineage !== live.lineage,
      beganAnew: isFirst,
      summary: count === undefined || checksum === undefined ? null : { count, checksum },
    };
  }
}

/** Result of several pages. */
interface Run {
  state: FeedState;
  result: SyncResult;
  /** Whether the database is not the one of the live gallery. */
  changedLineage: boolean;
  /** Whether the gallery was read from its first page. */
  beganAnew: boolean;
  /** The server's summary, from the last page. */
  summary: FeedSummary | null;
}

interface Step extends Run {
  page: FeedPage;
}

function sumOf(before: Run, after: Run): Run {
  return {
    state: after.state,
    result: {
      faces: before.result.faces + after.result.faces,
      deleted: before.result.deleted + after.result.deleted,
      restarted: before.result.restarted || after.result.restarted,
      lastUpdatedAt: after.result.lastUpdatedAt,
    },
    changedLineage: before.changedLineage || after.changedLineage,
    beganAnew: before.beganAnew || after.beganAnew,
    summary: after.summary,
  };
}

/** Returns the state from which everything is read again. */
function restartOf({ live }: FeedState): FeedState {
  return { live, staged: { model: live.model, lastUpdatedAt: 0 } };
}

/** Returns whether a write is needed. A sync without changes does not write to the store. */
function isWorthWriting({ faces, deleted, target, publishes, position }: FeedWrite, state: FeedState): boolean {
  const before = state[target];
  const moves =
    before?.lastUpdatedAt !== position.lastUpdatedAt ||
    before.model !== position.model ||
    before.lineage !== position.lineage;
  return moves || publishes || faces.length > 0 || deleted.length > 0;
}

function stateAfter({ target, publishes, position }: FeedWrite, { live }: FeedState): FeedState {
  if (target === 'live' || publishes) return { live: position, staged: null };
  return { live, staged: position };
}
