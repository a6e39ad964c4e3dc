/** A sample, as `GET /faces/sync` sends it. */
export interface FeedFace {
  faceId: number;
  /** Base64 of 128 little-endian float32. */
  faceEncoding: string;
  /** The feed's number: Unix milliseconds made strictly increasing, unique among samples and tombstones. */
  updatedAt: number;
  uniqueArgs: Record<string, unknown> | null;
  personId: number | null;
  personName: string | null;
}

/** A deleted sample. */
export interface FeedTombstone {
  faceId: number;
  updatedAt: number;
}

/** An answer of `GET /faces/sync`: what changed after the number that was asked for, in order. */
export interface FeedPage {
  faces: FeedFace[];
  deleted: FeedTombstone[];
  /** The number to ask with next time. */
  lastUpdatedAt: number;
  /** Whether asking again at once brings more. */
  hasMore: boolean;
  /** The model whose encodings these are; a reader that holds another model's starts over. */
  model: string;
  /** The number that was asked for was never given out (a restored database): start over from 0. */
  reset: boolean;
}
