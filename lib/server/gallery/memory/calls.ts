import type { FeedWrite } from '@kith/sdk';

/** A page of the feed for the thread, in columns whose buffers are transferred. */
export interface WriteCall {
  kind: 'write';
  target: FeedWrite['target'];
  begins: boolean;
  publishes: boolean;
  faceIds: Float64Array;
  /** Number of each face in the feed. */
  numbers: Float64Array;
  /** 0: unassigned. */
  personIds: Float64Array;
  /** Ids of each person's groups. Undefined if nobody is in a group. */
  groupIds: number[][] | undefined;
  /** 512 bytes per face. */
  encodings: Uint8Array;
  deleted: Float64Array;
}

export interface SearchCall {
  kind: 'search';
  probes: readonly Float32Array[];
  limit: number;
  groups: readonly number[] | null;
}

/** Requests the summary of the live gallery. */
export interface SummaryCall {
  kind: 'summary';
}

/** Calls to the thread that holds the gallery. */
export type GalleryCall = WriteCall | SearchCall | SummaryCall;

/** Result of a write. */
export interface WriteAnswer {
  /** Number of samples, and bytes, of the live gallery. */
  samples: number;
  bytes: number;
  /** Faces left out of the gallery because their encoding is invalid. */
  unusable: number[];
}
