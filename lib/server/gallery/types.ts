import type { Match } from '@kith/sdk';

/** A person near a probe, by their nearest sample; one entry per person. An unassigned sample counts as a person. */
export type Candidate = Match;

export interface GallerySearch {
  /** Encodings, such as those of the faces of one picture. */
  probes: readonly Float32Array[];
  /** Maximum number of candidates per probe. */
  limit: number;
  /** Ids of groups: only people in at least one of them are found. Null or absent: everybody. */
  groups?: readonly number[] | null | undefined;
}

export interface GalleryStats {
  kind: 'memory' | 'pgvector';
  /** Number of samples searched. */
  samples: number;
  /** Memory used in this process, bytes. */
  bytes: number;
  /** The feed number up to which the gallery is current. */
  lastUpdatedAt: number;
}

/** A gallery caught up with everything committed before the call; its searches do not catch up again. */
export type CaughtUp = Pick<Gallery, 'search'>;

/** The searchable set of all samples. */
export interface Gallery {
  /**
   * Returns the nearest people for each probe, by ascending distance, ties by face id. Includes everything committed
   * before the call, on any server.
   */
  search(options: GallerySearch): Promise<Candidate[][]>;
  /** Catches up with the feed; `search` does so by itself. */
  refresh(): Promise<void>;
  /** Catches up in advance, for callers that do other work before searching, such as detecting faces. */
  catchUp(): Promise<CaughtUp>;
  /** As of the last refresh. */
  stats(): GalleryStats;
  close(): Promise<void>;
}
