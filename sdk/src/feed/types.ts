import type { FeedSummary } from './FeedSum.ts';

/** A sample of the feed. */
export interface FeedFace {
  faceId: number;
  /** 128 little-endian float32: 512 bytes. `encodingFromBytes` reads them. */
  encoding: Uint8Array;
  /** The feed's number: Unix milliseconds made strictly increasing, unique among samples and tombstones. */
  updatedAt: number;
  /** Attributes that the caller stored with the sample. */
  uniqueArgs: Record<string, unknown>;
  personId: number | null;
  personName: string | null;
  /** Names of the person's groups. */
  groups: string[];
}

/** A deleted sample. */
export interface FeedTombstone {
  faceId: number;
  /** The deletion's number in the feed. */
  updatedAt: number;
}

/**
 * The changes after the requested number, both lists in ascending order of their numbers. `count` and `checksum` are of
 * all samples that this reader may see. They are on the last page, if they were requested.
 */
export interface FeedPage extends Partial<FeedSummary> {
  faces: FeedFace[];
  deleted: FeedTombstone[];
  /** The `after` of the next request. */
  lastUpdatedAt: number;
  /** Whether there are more changes. */
  hasMore: boolean;
  /** The model of these encodings. Encodings of different models are never compared. */
  model: string;
  /** The requested number was never assigned, or is of another lineage: this page is the first one from 0. */
  reset: boolean;
  /** UUID of the database's history. A restore from a backup starts a new one. Servers before 0.2 send none. */
  lineage?: string;
}

/** {@link FeedFace} as `GET /faces/sync` writes it in JSON. */
export interface FeedFaceJson extends Omit<FeedFace, 'encoding'> {
  /** Base64 of the encoding, 684 characters. */
  faceEncoding: string;
}

/** {@link FeedPage} as `GET /faces/sync` writes it in JSON. */
export interface FeedPageJson extends Omit<FeedPage, 'faces' | 'lineage'> {
  faces: FeedFaceJson[];
  lineage: string;
}

/** Position of a reader in the feed. */
export interface FeedPosition {
  /** `null` before the first page. */
  model: string | null;
  /** The last number seen; 0 before the first page. */
  lastUpdatedAt: number;
  /** Lineage of the ids and numbers. Missing before the first page, and in what an earlier version stored. */
  lineage?: string;
}

/** Positions of a store's galleries. */
export interface FeedState {
  /** The gallery that is searched. */
  live: FeedPosition;
  /** A gallery that is read from the start to replace the live one; usually `null`. */
  staged: FeedPosition | null;
}

/** A page to write to a store. */
export interface FeedWrite {
  faces: FeedFace[];
  deleted: FeedTombstone[];
  /** The gallery to write to. */
  target: 'live' | 'staged';
  /** Empty the target before writing. For `staged`, this starts it. */
  begins: boolean;
  /** After writing, `staged` becomes `live`, and the old `live` is deleted. */
  publishes: boolean;
  /** The target's position after this write. */
  position: FeedPosition;
}

/** Destination of a reader. */
export interface FeedSink {
  /** Returns the position of each of its galleries. */
  state(): Promise<FeedState>;
  /**
   * Applies a write atomically, in this order: empty, insert or replace faces by id, remove the deleted, set the
   * position, publish. Once resolved, the write survives a crash if the sink is persistent.
   */
  write(write: FeedWrite): Promise<void>;
  /**
   * Count and checksum of what the live gallery really contains ({@link FeedSum}), or `null` if that cannot be read.
   * Without this method, a reader reads them from `faces()` of a {@link FeedStore}.
   */
  summary?(): Promise<FeedSummary | null>;
}

/** A sink that can be read. */
export interface FeedStore extends FeedSink {
  /** Reads the live gallery in batches, in no particular order. */
  faces(): AsyncIterable<FeedFace[]>;
}

/** Reads a page, over HTTP or from the database itself. */
export type FeedSource = (options: {
  /** The last number seen; 0 reads from the start. */
  after: number;
  /** Maximum number of samples and tombstones together. */
  limit: number;
  /** The lineage of `after`. A server of another lineage starts from 0. */
  lineage?: string | undefined;
  /** Ask for `count` and `checksum` on the last page. */
  verify?: boolean | undefined;
  signal?: AbortSignal | undefined;
}) => Promise<FeedPage>;
