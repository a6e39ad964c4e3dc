import { encodingFromBytes } from '@kith/sdk';
import type { Gallery } from '@/lib/server/gallery/types';
import { likeness, reachesTrust } from '@/lib/server/people/samples/likeness';

/** A sample as the finder needs it. The encoding has 512 bytes. */
export interface LookedAt {
  faceId: number;
  personId: number | null;
  encoding: Uint8Array;
  /** Its feed number. */
  updatedAt: number;
}

/** Two samples of different people that match each other. */
export interface AlikePair {
  faceId: number;
  otherFaceId: number;
  trust: number;
  distance: number;
}

/** Returns up to `limit` samples with a feed number above `after`, in ascending order. */
export type SampleSource = (options: { after: number; limit: number }) => Promise<LookedAt[]>;

/** Samples per search, which takes some ten milliseconds in a gallery of a hundred thousand. */
const BATCH = 50;
/** Number of people found per sample: its own person, and a few others. */
const NEIGHBOURS = 4;
/** Maximum number of pairs that are remembered. */
const MOST_PAIRS = 2_000;

/**
 * Searches the change feed for people enrolled twice. Each sample is searched for once after it was written, and matching
 * samples of other people are remembered. It works in portions, by calls of `advance`, so that no request waits for the
 * whole gallery. A restart begins again.
 */
export class DuplicateFinder {
  readonly #source: SampleSource;
  readonly #gallery: Gallery;
  readonly #pairs = new Map<string, AlikePair>();
  #position = 0;

  constructor({
    source,
    gallery,
    minTrust,
  }: {
    source: SampleSource;
    gallery: Gallery;
    /** Minimum trust of a pair, 0–100. */
    minTrust: number;
  }) {
    this.#source = source;
    this.#gallery = gallery;
    this.minTrust = minTrust;
  }

  readonly minTrust: number;

  /** The pairs found so far, the most similar first. They may be outdated, because samples are moved and deleted. */
  get pairs(): AlikePair[] {
    return [...this.#pairs.values()].sort((a, b) => a.distance - b.distance || a.faceId - b.faceId);
  }

  /** Continues for about `ms` milliseconds. Returns whether it has caught up with the feed. */
  async advance(ms: number): Promise<boolean> {
    const end = performance.now() + ms;
    do {
      const some = await this.#source({ after: this.#position, limit: BATCH });
      await this.#look(some.filter(({ personId }) => personId !== null));
      this.#position = some.at(-1)?.updatedAt ?? this.#position;
      if (some.length < BATCH) return true;
    } while (performance.now() < end);
    return false;
  }

  async #look(some: LookedAt[]): Promise<void> {
    if (some.length === 0) return;
    const probes = some.map(({ encoding }) => encodingFromBytes(encoding));
    const found = await this.#gallery.search({ probes, limit: NEIGHBOURS });
    for (const [index, { faceId, personId }] of some.entries()) {
      for (const near of found[index] ?? []) {
        if (near.personId === null || near.personId === personId) continue;
        if (!reachesTrust(near.distance, this.minTrust)) continue;
        this.#remember({ faceId, otherFaceId: near.faceId, ...likeness(near.distance) });
      }
    }
  }

  #remember(pair: AlikePair): void {
    const [first, second] = [pair.faceId, pair.otherFaceId].sort((a, b) => a - b);
    this.#pairs.set(`${first} ${second}`, pair);
    if (this.#pairs.size <= MOST_PAIRS) return;
    const [least] = [...this.#pairs].reduce((a, b) => (b[1].distance > a[1].distance ? b : a));
    this.#pairs.delete(least);
  }

  /** Forgets pairs that are no longer valid. */
  forget(gone: readonly AlikePair[]): void {
    const faces = new Set(gone);
    for (const [key, pair] of this.#pairs) if (faces.has(pair)) this.#pairs.delete(key);
  }
}
