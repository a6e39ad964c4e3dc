import type { FeedWrite } from '@kith/sdk';

/** A page of the feed as it goes to the thread: columns, whose buffers are given away. */
export interface WriteCall {
  kind: 'write';
  target: FeedWrite['target'];
  begins: boolean;
  publishes: boolean;
  faceIds: Float64Array;
  /** 0: nobody. */
  personIds: Float64Array;
  /** 512 bytes a face. */
  encodings: Uint8Array;
  deleted: Float64Array;
}

export interface SearchCall {
  kind: 'search';
  probes: readonly Float32Array[];
  limit: number;
}

/** What can be asked of the thread that holds the gallery. */
export type GalleryCall = WriteCall | SearchCall;

/** What a write left. */
export interface WriteAnswer {
  /** Samples and bytes of the live gallery. */
  samples: number;
  bytes: number;
  /** Faces that are not in the gallery because their encoding is not one. */
  unusable: number[];
}
