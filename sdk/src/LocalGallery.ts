import { encodingFromBytes } from './encoding.ts';
import { FeedReader, type SyncOptions, type SyncResult } from './feed/FeedReader.ts';
import type { FeedFace, FeedPosition, FeedSource, FeedStore, FeedWrite } from './feed/types.ts';
import { ExactMatcher } from './matcher/ExactMatcher.ts';
import type { Match } from './matcher/types.ts';
import { trust } from './trust.ts';

/** Who a face may be, with all that is known without the server. */
export interface LocalMatch extends Match {
  personName: string | null;
  uniqueArgs: Record<string, unknown>;
  /** 0 to 100; docs/accuracy.md says how often strangers and the right people reach it. */
  trust: number;
}

/** What a {@link LocalGallery} is made of. */
export interface LocalGalleryOptions {
  /** Where the copy is kept. */
  store: FeedStore;
  /** What it follows: `feed.read` of a `KithClient`. */
  source: FeedSource;
  /** Samples and tombstones a page, at most. Default 1,000. */
  pageSize?: number;
  /** Milliseconds between two comparisons with the server, the first of which is at the first sync. Default: one hour. */
  verifyEveryMs?: number;
}

/** What is kept of a face besides its encoding. */
type Details = Pick<FeedFace, 'personName' | 'uniqueArgs'>;

/**
 * Recognition without the server: a store that follows the feed, and a matcher that follows the store. It answers from
 * what it has while a sync runs, fails or never comes.
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

  /** Reads what the store has. Rejects with what the store rejects with. */
  static async open(options: LocalGalleryOptions): Promise<LocalGallery> {
    const gallery = new LocalGallery(options);
    await gallery.#load();
    return gallery;
  }

  /** Samples. */
  get size(): number {
    return this.#matcher.size;
  }

  /** How far it has read, and whose encodings it holds. */
  get position(): FeedPosition {
    return this.#position;
  }

  /** Catches up with the feed; each page can be recognised as soon as it is stored. One `sync` at a time. */
  async sync(options: Omit<SyncOptions, 'onWrite'> = {}): Promise<SyncResult> {
    const result = await this.#reader.sync({ ...options, onWrite: (write) => this.#follow(write) });
    // A gallery that was read anew is taken over as a whole: until then the old one has answered.
    if (result.restarted) await this.#load();
    return result;
  }

  /** The people nearest to `probe`, one entry a person, by ascending distance, ties by face id. */
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
