/** A sample of the feed. */
export interface FeedFace {
  faceId: number;
  /** 128 little-endian float32: 512 bytes. `encodingFromBytes` reads them. */
  encoding: Uint8Array;
  /** The feed's number: Unix milliseconds made strictly increasing, unique among samples and tombstones. */
  updatedAt: number;
  /** What the caller keeps with the sample. */
  uniqueArgs: Record<string, unknown>;
  personId: number | null;
  personName: string | null;
}

/** A deleted sample. */
export interface FeedTombstone {
  faceId: number;
  /** The deletion's number in the feed. */
  updatedAt: number;
}

/** What changed after the number that was asked for, both lists in ascending order of their numbers. */
export interface FeedPage {
  faces: FeedFace[];
  deleted: FeedTombstone[];
  /** The number to ask with next time. */
  lastUpdatedAt: number;
  /** Whether asking again at once brings more. */
  hasMore: boolean;
  /** The model whose encodings these are. Encodings of different models are never compared. */
  model: string;
  /** The number asked with was never given out (a restored database): this page is the first from 0. */
  reset: boolean;
}

/** {@link FeedFace} as `GET /faces/sync` writes it in JSON. */
export interface FeedFaceJson extends Omit<FeedFace, 'encoding'> {
  /** Base64 of the encoding, 684 characters. */
  faceEncoding: string;
}

/** {@link FeedPage} as `GET /faces/sync` writes it in JSON. */
export interface FeedPageJson extends Omit<FeedPage, 'faces'> {
  faces: FeedFaceJson[];
}

/** How far a reader has come. */
export interface FeedPosition {
  /** `null` before the first page. */
  model: string | null;
  /** The last number seen; 0 before the first page. */
  lastUpdatedAt: number;
}

/** What a store knows. */
export interface FeedState {
  /** The gallery that answers. */
  live: FeedPosition;
  /** One that is being read from the start to take its place; `null` mostly. */
  staged: FeedPosition | null;
}

/** One page on its way into a store. */
export interface FeedWrite {
  faces: FeedFace[];
  deleted: FeedTombstone[];
  /** Which gallery it goes to. */
  target: 'live' | 'staged';
  /** Empty the target before writing; for `staged` this begins it. */
  begins: boolean;
  /** After writing, `staged` becomes `live` and the old `live` is gone. */
  publishes: boolean;
  /** The target's position after this. */
  position: FeedPosition;
}

/** Where a reader writes what it reads. */
export interface FeedSink {
  /** How far each of its galleries has read. */
  state(): Promise<FeedState>;
  /**
   * All of a write or nothing of it, in this order: empty, write faces over those of the same id, remove the deleted,
   * set the position, publish. When it resolves, the write outlives a crash, if the sink outlives one at all.
   */
  write(write: FeedWrite): Promise<void>;
}

/** A sink that gives back what was written. */
export interface FeedStore extends FeedSink {
  /** The live gallery, in batches, in no particular order. */
  faces(): AsyncIterable<FeedFace[]>;
}

/** Reads a page: over HTTP, or from the database itself. */
export type FeedSource = (options: {
  /** The last number seen; 0 reads from the start. */
  after: number;
  /** Samples and tombstones together, at most. */
  limit: number;
  signal?: AbortSignal | undefined;
}) => Promise<FeedPage>;
