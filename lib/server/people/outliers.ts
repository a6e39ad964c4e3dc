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
  /** Median trust between it and the others, 0–100. */
  trust: number;
}

/** Samples per query. */
const BATCH = 200;
/** Maximum number of a person's samples that are compared. */
const OF_EACH = 30;
/** Maximum number of outliers that are remembered. */
const MOST = 2_000;
/** Time that one call spends on further samples, ms. */
const WORK_MS = 300;

/**
 * Searches the change feed for samples unlike the others of their person. It works in portions, by calls of `advance`, so
 * that no request waits for the whole gallery. A restart begins again.
 */
export class OutlierFinder {
  readonly #db: Database;
  readonly #found = new Map<number, Outlier>();
  #position = 0;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The outliers found so far, lowest trust first. They may be outdated, because samples are moved and deleted. */
  get outliers(): Outlier[] {
    return [...this.#found.values()].sort((a, b) => a.trust - b.trust || a.faceId - b.faceId);
  }

  /** Continues for about `ms` milliseconds. Returns whether it has caught up with the feed. */
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

  /** Compares the samples of these people again. */
  async look(personIds: readonly number[]): Promise<void> {
    const people = [...new Set(personIds)];
    if (people.length === 0) return;
    const ofPerson = await samplesCompared(this.#db, people);
    const looked = new Set(people);
    for (const [faceId, { personId }] of this.#found) if (looked.has(personId)) this.#found.delete(faceId);
    for (const [personId, all] of ofPerson) {
      // If two samples disagree, it is unknown which one is wrong.
      if (all.length < 3) continue;
      for (const { faceId, trust, outlier } of agreementOf(all)) {
        if (outlier && trust !== null && this.#found.size < MOST) this.#found.set(faceId, { faceId, personId, trust });
      }
    }
  }

  /** Returns the outliers that still are outliers, at most `limit`, without those that `kept` accepts. */
  async standing(limit: number, kept: (faceId: number) => boolean): Promise<Outlier[]> {
    const candidates = this.outliers.filter(({ faceId }) => !kept(faceId)).slice(0, limit * 2);
    await this.look(candidates.map(({ personId }) => personId));
    return this.outliers.filter(({ faceId }) => !kept(faceId)).slice(0, limit);
  }
}

/** Returns the samples of each person that are compared: the 30 oldest. */
export const samplesCompared = (db: Database, people: readonly number[]): Promise<Map<number, EncodedSample[]>> =>
  oldestSamples(db, people, OF_EACH);

/** Returns the people of samples of the current model, by ascending feed number. Encodings are not read. */
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
  /** Concurrent callers share the work. */
  advance: () => Promise<boolean>;
}

/** Returns the finder of this process. */
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
