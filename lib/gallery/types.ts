import type { Match } from '@kith/sdk';

/** A person near a probe: by the nearest sample, one entry a person; a sample of nobody stands for itself. */
export type Candidate = Match;

export interface GallerySearch {
  /** Encodings, such as those of the faces of one picture. */
  probes: readonly Float32Array[];
  /** Candidates for each probe, at most. */
  limit: number;
}

export interface GalleryStats {
  kind: 'memory' | 'pgvector';
  /** Samples that are searched. */
  samples: number;
  /** Memory taken in this process. */
  bytes: number;
  /** The feed's number up to which it is current. */
  lastUpdatedAt: number;
}

/** Everybody who can be recognised. */
export interface Gallery {
  /**
   * The nearest people for each probe, by ascending distance, ties by face id, from all that was committed before the
   * call, on whichever server.
   */
  search(options: GallerySearch): Promise<Candidate[][]>;
  /** Catches up with the feed; `search` does it by itself. */
  refresh(): Promise<void>;
  /** As of the last refresh. */
  stats(): GalleryStats;
  close(): Promise<void>;
}
