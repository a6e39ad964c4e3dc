import { encodingFromBytes } from './encoding.ts';
import { FeedReader, type SyncOptions, type SyncResult } from './feed/FeedReader.ts';
import type { FeedFace, FeedPosition, FeedSource, FeedStore, FeedWrite } from './feed/types.ts';
import { ExactMatcher } from './matcher/ExactMatcher.ts';
import type { Match } from './matcher/types.ts';
import { trust } from './trust.ts';

/** A person that a face may be, with all that is known without the server. */
export interface LocalMatch extends Match {
  personName: string | null;
  uniqueArgs: Record<string, unknown>;
  /** 0 to 100; docs/accuracy.md says how often strangers and the right people reach it. */
  trust: number;
}

/** Options of a {@link LocalGallery}. */
export interface LocalGalleryOptions {
  /** Where the copy of the gallery is stored. */
  store: FeedStore;
  /** Source of the feed: `feed.read` of a `KithClient`. */
  source: FeedSource;
  /** Maximum number of samples and tombstones per page. Default 1,000. */
  pageSize?: number;
  /** Milliseconds between two comparisons with the server; the first sync compares too. Default: one hour. */
  verifyEveryMs?: number;
}

/** Details of a face besides its encoding. */
type Details = Pick<FeedFace, 'personName' | 'uniqueArgs'>;

/**
 * Recognition without the server: a store that follows the feed, and a matcher that follows the store. While a sync
 * runs, or after one fails, it searches the samples it has.
 */
export class LocalGallery {
  readonly #store: FeedStore;
  readonly #reader: FeedReader;
  #matcher = new ExactMatcher();
  #details = new Map<number, Details>();
  #position: FeedPosition = { model: null, lastUpdatedAt: 0 };

  private constructor(options: LocalGalleryOptions) {
    this.#store = options.store;
    this.#reader = new FeedReader(options);
  }

  /** Opens a gallery with the samples in the store. Rejects with the store's error. */
  static async open(options: LocalGalleryOptions): Promise<LocalGallery> {
    const gallery = new LocalGallery(options);
    await gallery.#load();
    return gallery;
  }

  /** Number of samples. */
  get size(): number {
    return this.#matcher.size;
  }

  /** Position in the feed, and the model of the encodings. */
  get position(): FeedPosition {
    return this.#position;
  }

  /**
   * Reads the changes in the feed. The samples of a page are searchable once the page is stored. Only one `sync` may
   * run at a time.
   */
  async sync(options: Omit<SyncOptions, 'onWrite'> = {}): Promise<SyncResult> {
    const result = await this.#reader.sync({ ...options, onWrite: (write) => this.#follow(write) });
    // A gallery that was read again replaces the old one as a whole. Until then, the old one is searched.
    if (result.restarted) await this.#load();
    return result;
  }

  /** Returns the people nearest to `probe`, one entry per person, by ascending distance, ties by face id. */
  search(probe: Float32Array, limit: number): LocalMatch[] {
    return this.searchMany([probe], limit)[0] as LocalMatch[];
  }

  /** {@link search} for several faces at once. */
  searchMany(probes: readonly Float32Array[], limit: number): LocalMatch[][] {
    return this.#matcher.searchMany(probes, limit).map((matches) =>
      matches.map((match) => {
        const { personName = null, uniqueArgs = {} } = this.#details.get(match.faceId) ?? {};
        return { ...match, personName, uniqueArgs, trust: trust(match.distance) };
      }),
    );
  }

  async #load(): Promise<void> {
    const matcher = new ExactMatcher();
    const details = new Map<number, Details>();
    const { live } = await this.#store.state();
    for await (const faces of this.#store.faces()) add(faces, matcher, details);
    this.#matcher = matcher;
    this.#details = details;
    this.#position = live;
  }

  #follow({ faces, deleted, target, begins, position }: FeedWrite): void {
    if (target === 'staged') return;
    if (begins) {
      this.#matcher.clear();
      this.#details.clear();
    }
    add(faces, this.#matcher, this.#details);
    for (const { faceId } of deleted) {
      this.#matcher.remove(faceId);
      this.#details.delete(faceId);
    }
    this.#position = position;
  }
}

function add(faces: FeedFace[], matcher: ExactMatcher, details: Map<number, Details>): void {
  for (const { faceId, personId, encoding, personName, uniqueArgs } of faces) {
    matcher.upsert(faceId, personId, encodingFromBytes(encoding));
    details.set(faceId, { personName, uniqueArgs });
  }
}
