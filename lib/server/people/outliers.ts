import { and, asc, eq, gt } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { samples } from '@/db/schema';
import { processWide } from '@/lib/server/platform/processWide';
import { shareRuns } from '@/lib/shared/util/shareRuns';
import { MODEL_ID } from '@/lib/shared/vision/types';
import { agreementOf, type EncodedSample } from './agreement';
import { oldestSamples } from './samples/oldestSamples';

/** A sample unlike the others of its person. */
export interface Outlier {
  faceId: number;
  personId: number;
  /** Median trust in "same person" between it and the others, 0–100. */
  trust: number;
}

/** Samples read in one go. */
const BATCH = 200;
/** Samples of one person that are compared with each other. */
const OF_EACH = 30;
/** Outliers that are remembered. */
const MOST = 2_000;
/** How long one call looks through further samples, ms. */
const WORK_MS = 300;

/**
 * Looks through the change feed for samples unlike the others of their person. Work is done only in `advance`, in
 * portions, so that no request waits for the whole gallery. A restart begins anew.
 */
export class OutlierFinder {
  readonly #db: Database;
  readonly #found = new Map<number, Outlier>();
  #position = 0;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The outliers found so far, the most unlike first. They may be out of date: samples are moved and deleted. */
  get outliers(): Outlier[] {
    return [...this.#found.values()].sort((a, b) => a.trust - b.trust || a.faceId - b.faceId);
  }

  /** Looks on for about `ms` milliseconds. Returns whether it has caught up with the feed. */
  async advance(ms: number): Promise<boolean> {
    const end = performance.now() + ms;
    do {
      const some = await ownersWrittenAfter(this.#db, { after: this.#position, limit: BATCH });
      await this.look(some.flatMap(({ personId }) => personId ?? []));
      this.#position = some.at(-1)?.updatedAt ?? this.#position;
      if (some.length < BATCH) return true;
    } while (performance.now() < end);
    return false;
  }

  /** Compares the samples of each of the people anew. */
  async look(personIds: readonly number[]): Promise<void> {
    const people = [...new Set(personIds)];
    if (people.length === 0) return;
    const ofPerson = await samplesCompared(this.#db, people);
    const looked = new Set(people);
    for (const [faceId, { personId }] of this.#found) if (looked.has(personId)) this.#found.delete(faceId);
    for (const [personId, all] of ofPerson) {
      // Of two that disagree, neither is known to be the wrong one.
      if (all.length < 3) continue;
      for (const { faceId, trust, outlier } of agreementOf(all)) {
        if (outlier && trust !== null && this.#found.size < MOST) this.#found.set(faceId, { faceId, personId, trust });
      }
    }
  }

  /** Those of the outliers that still are, at most `limit`, and none of `kept`. */
  async standing(limit: number, kept: (faceId: number) => boolean): Promise<Outlier[]> {
    const candidates = this.outliers.filter(({ faceId }) => !kept(faceId)).slice(0, limit * 2);
    await this.look(candidates.map(({ personId }) => personId));
    return this.outliers.filter(({ faceId }) => !kept(faceId)).slice(0, limit);
  }
}

/** The samples of each of the people that are compared with each other: the oldest, and at most 30. */
export const samplesCompared = (db: Database, people: readonly number[]): Promise<Map<number, EncodedSample[]>> =>
  oldestSamples(db, people, OF_EACH);

/** Whose the samples of the model in use are, by ascending number in the feed. Their encodings are not read. */
function ownersWrittenAfter(db: Database, { after, limit }: { after: number; limit: number }) {
  return db
    .select({ personId: samples.personId, updatedAt: samples.updatedAt })
    .from(samples)
    .where(and(gt(samples.updatedAt, after), eq(samples.model, MODEL_ID)))
    .orderBy(asc(samples.updatedAt))
    .limit(limit);
}

interface Looking {
  finder: OutlierFinder;
  /** Callers at the same time share the work. */
  advance: () => Promise<boolean>;
}

/** The finder of this process, which each call lets look a little further. */
export function outliersOf(db: Database): Looking {
  const kept = processWide<{ db: Database | null; looking: Looking | null }>('outliers', () => ({
    db: null,
    looking: null,
  }));
  if (kept.looking === null || kept.db !== db) {
    const finder = new OutlierFinder(db);
    kept.db = db;
    kept.looking = { finder, advance: shareRuns(() => finder.advance(WORK_MS)) };
  }
  return kept.looking;
}
