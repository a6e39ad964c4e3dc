import { encodingFromBytes } from '@kith/sdk';
import type { Database } from '@/db/client';
import type { Gallery } from '@/lib/server/gallery/types';
import { agreementOf, samplesWantedOf } from '../agreement';
import { choosePeople, readSurveyed, type SurveyedPerson } from './surveyedPeople';

/** People per search, which takes some ten milliseconds in a gallery of a hundred thousand samples. */
const BATCH = 25;
/** Number of entries found for each person: their own, unassigned samples, and a few others. */
const NEIGHBOURS = 6;

/** Another person near a person, by their nearest sample. */
export interface Neighbour {
  personId: number;
  faceId: number;
  /** Normalised distance. */
  distance: number;
}

/** The results for one person. */
export interface Surveyed {
  personId: number;
  /** The sample that was searched for. */
  faceId: number;
  /** By ascending distance. */
  neighbours: Neighbour[];
  lookedAt: number;
  moreSamples: number;
  disagreeing: number[];
}

/**
 * Compares each person with all others, as if the person were a stranger. It works in portions, by calls of `advance`, so
 * that no request waits for all of it.
 */
export class AccuracySurvey {
  readonly #db: Database;
  readonly #gallery: Gallery;
  readonly #random: () => number;
  #chosen: number[] | null = null;
  #done = 0;
  readonly found: Surveyed[] = [];
  /** The gallery's feed number when the survey began. */
  #feedNumber = 0;

  constructor({ db, gallery, random = Math.random }: { db: Database; gallery: Gallery; random?: () => number }) {
    this.#db = db;
    this.#gallery = gallery;
    this.#random = random;
  }

  /** The finished part of the work, 0–1. */
  get progress(): number {
    if (this.#chosen === null) return 0;
    return this.#chosen.length === 0 ? 1 : this.#done / this.#chosen.length;
  }

  get isComplete(): boolean {
    return this.#chosen !== null && this.#done >= this.#chosen.length;
  }

  /** Whether the gallery has changed since the survey began. */
  async isOutdated(): Promise<boolean> {
    await this.#gallery.refresh();
    return this.#gallery.stats().lastUpdatedAt !== this.#feedNumber;
  }

  /** Continues for about `ms` milliseconds. */
  async advance(ms: number): Promise<void> {
    const end = performance.now() + ms;
    if (this.#chosen === null) {
      await this.#gallery.refresh();
      this.#feedNumber = this.#gallery.stats().lastUpdatedAt;
      this.#chosen = await choosePeople(this.#db, this.#random);
    }
    while (!this.isComplete) {
      const ids = this.#chosen.slice(this.#done, this.#done + BATCH);
      await this.#look(await readSurveyed(this.#db, ids));
      this.#done += ids.length;
      if (performance.now() >= end) return;
    }
  }

  async #look(some: SurveyedPerson[]): Promise<void> {
    if (some.length === 0) return;
    const probes = some.map(({ samples }) => encodingFromBytes(samples[0]?.encoding as Uint8Array));
    const candidates = await this.#gallery.search({ probes, limit: NEIGHBOURS });
    for (const [index, { personId, samples }] of some.entries()) {
      const neighbours = (candidates[index] ?? []).flatMap(({ personId: other, faceId, distance }) =>
        other === null || other === personId ? [] : [{ personId: other, faceId, distance }],
      );
      this.found.push({
        personId,
        faceId: samples[0]?.faceId as number,
        neighbours,
        lookedAt: samples.length,
        moreSamples: samplesWantedOf(samples),
        disagreeing: agreementOf(samples)
          .filter(({ outlier }) => outlier)
          .map(({ faceId }) => faceId),
      });
    }
  }
}
