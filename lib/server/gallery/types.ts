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

/** A gallery that knows all that was committed before it was asked to catch up, and searches without doing so again. */
export type CaughtUp = Pick<Gallery, 'search'>;

/** Everybody who can be recognised. */
export interface Gallery {
  /**
   * The nearest people for each probe, by ascending distance, ties by face id, from all that was committed before the
   * call, on whichever server.
   */
  search(options: GallerySearch): Promise<Candidate[][]>;
  /** Catches up with the feed; `search` does it by itself. */
  refresh(): Promise<void>;
  /** The same for whoever has something else to do before searching, such as looking at the picture. */
  catchUp(): Promise<CaughtUp>;
  /** As of the last refresh. */
  stats(): GalleryStats;
  close(): Promise<void>;
}
