import { encodingFromBytes } from '@kith/sdk';
import type { Gallery } from '@/lib/server/gallery/types';
import { likeness, reachesTrust } from '@/lib/server/people/samples/likeness';

/** A sample as the finder needs it; 512 bytes of encoding. */
export interface LookedAt {
  faceId: number;
  personId: number | null;
  encoding: Uint8Array;
  /** Its number in the feed. */
  updatedAt: number;
}

/** Two samples of different people that would be recognised as one another. */
export interface AlikePair {
  faceId: number;
  otherFaceId: number;
  trust: number;
  distance: number;
}

/** Samples by ascending number in the feed, at most `limit`, of those written after `after`. */
export type SampleSource = (options: { after: number; limit: number }) => Promise<LookedAt[]>;

/** Samples searched for in one go: some ten milliseconds in a gallery of a hundred thousand. */
const BATCH = 50;
/** The sample's own person, and a few who may be the same; people that alike are rare. */
const NEIGHBOURS = 4;
/** Pairs that are remembered; someone who has that many to look at has other worries. */
const MOST_PAIRS = 2_000;

/**
 * Looks through the change feed for people enrolled twice: every sample is searched for once, after it was written, and
 * what is near it but of somebody else is remembered. Work is done only in `advance`, in portions, so that no request
 * waits for the whole gallery; a restart begins anew.
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
    /** Trust from which two samples are a pair, 0–100. */
    minTrust: number;
  }) {
    this.#source = source;
    this.#gallery = gallery;
    this.minTrust = minTrust;
  }

  readonly minTrust: number;

  /** The pairs found so far, the most alike first. They may be out of date: samples are moved and deleted. */
  get pairs(): AlikePair[] {
    return [...this.#pairs.values()].sort((a, b) => a.distance - b.distance || a.faceId - b.faceId);
  }

  /** Looks on for about `ms` milliseconds. Answers whether it has caught up with the feed. */
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

  /** Forgets pairs that are none any more. */
  forget(gone: readonly AlikePair[]): void {
    const faces = new Set(gone);
    for (const [key, pair] of this.#pairs) if (faces.has(pair)) this.#pairs.delete(key);
  }
}
