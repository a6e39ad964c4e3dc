import { FeedReader } from '@kith/sdk';
import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { withoutLimits } from '@/db/unlimited';
import { readFeed } from '@/lib/server/feed/readFeed';
import { shareRuns } from '@/lib/shared/util/shareRuns';
import { MODEL_ID } from '@/lib/shared/vision/types';
import type { Candidate, CaughtUp, Gallery, GallerySearch, GalleryStats } from '../types';
import { areSmall, nearestPeople } from './nearest';
import { LIVE, makeIndex, makeTables } from './tables';
import { VectorStore } from './VectorStore';

const PAGE_SIZE = 1_000;
/** Up to this many samples an exact count is used; beyond it, the planner's estimate. */
const EXACT_COUNT_LIMIT = 100_000;
/** Deletions in one refresh after which the index is vacuumed. */
const VACUUM_AFTER_DELETIONS = 1_000;

export interface PgvectorGalleryOptions {
  database: Database;
  /**
   * Up to this many samples, of all people or of the groups searched, a search measures all of them in a few
   * milliseconds. The index is faster only beyond it. It may miss a sample that is unlike all others, because the
   * samples that could link to it have nearer neighbours.
   */
  exactUpTo?: number;
}

/**
 * A gallery in a table of the database, searched through an index: for more samples than fit into memory. All servers
 * on the database share it. The first one that searches after a change updates it.
 */
export class PgvectorGallery implements Gallery {
  readonly #database: Database;
  readonly #exactUpTo: number;
  readonly #refresh: () => Promise<void>;
  #isMade = false;
  #samples = 0;
  #lastUpdatedAt = 0;
  #closed = false;

  constructor({ database, exactUpTo = 10_000 }: PgvectorGalleryOptions) {
    this.#database = database;
    this.#exactUpTo = exactUpTo;
    this.#refresh = shareRuns(() => this.#catchUp());
  }

  async search(options: GallerySearch): Promise<Candidate[][]> {
    return (await this.catchUp()).search(options);
  }

  async catchUp(): Promise<CaughtUp> {
    await this.refresh();
    return { search: (options) => this.#search(options) };
  }

  #search({ probes, limit, groups = null }: GallerySearch): Promise<Candidate[][]> {
    return this.#database.transaction(async (tx) => {
      // The index is used for groups only if they are too large to measure.
      const few = this.#samples <= this.#exactUpTo;
      const exact = few || (groups !== null && (await areSmall(tx, groups, this.#exactUpTo)));
      const answers: Candidate[][] = [];
      for (const probe of probes) answers.push(await nearestPeople(tx, { probe, limit, exact, groups }));
      return answers;
    });
  }

  async refresh(): Promise<void> {
    if (this.#closed) throw new Error('the gallery is closed');
    await this.#refresh();
  }

  stats(): GalleryStats {
    return { kind: 'pgvector', samples: this.#samples, bytes: 0, lastUpdatedAt: this.#lastUpdatedAt };
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  async #catchUp(): Promise<void> {
    try {
      if (!this.#isMade) await makeTables(this.#database);
      const { current, last } = await this.#position();
      if (!current) await this.#readPages();
      // Another server may have updated it.
      if (!current || !this.#isMade || last !== this.#lastUpdatedAt) {
        await this.#count();
        // Built only when needed: building the complete index is several times faster than adding row by row.
        if (this.#samples > this.#exactUpTo) await makeIndex(this.#database);
      }
      this.#isMade = true;
    } catch (error) {
      // The tables may have been dropped, or a restored database may lack them.
      this.#isMade = false;
      throw error;
    }
  }

  /** Reads the position in one cheap query without a lock, because before most searches nothing has changed. */
  async #position(): Promise<{ current: boolean; last: number }> {
    const [row] = await queryRows<{ current: boolean; last: number | string }>(
      this.#database,
      sql`select live_last as last, live_last = feed.last and live_model is not distinct from ${MODEL_ID}
            and live_lineage is not distinct from feed.lineage and staged_last is null as current
          from gallery_state, feed`,
    );
    return { current: row?.current === true, last: Number(row?.last) };
  }

  async #readPages(): Promise<void> {
    let gone = 0;
    for (let hasMore = true; hasMore; ) {
      if (this.#closed) throw new Error('the gallery is closed');
      const page = await this.#readPage();
      gone += page.deleted;
      hasMore = page.hasMore;
    }
    // A deleted row stays in the index as a dead end until a vacuum; PGlite has no autovacuum.
    if (gone >= VACUUM_AFTER_DELETIONS) await withoutLimits(this.#database, (db) => db.execute(sql`vacuum ${LIVE}`));
  }

  #readPage(): Promise<{ hasMore: boolean; deleted: number }> {
    return this.#database.transaction((tx) =>
      new FeedReader({
        source: (request) => readFeed(tx, request),
        store: new VectorStore(tx),
        pageSize: PAGE_SIZE,
      }).syncPage(),
    );
  }

  async #count(): Promise<void> {
    const [row] = await queryRows<{ estimate: number | string; last: number | string }>(
      this.#database,
      sql`select reltuples as estimate, (select live_last from gallery_state) as last
          from pg_class where oid = 'gallery_live'::regclass`,
    );
    this.#lastUpdatedAt = Number(row?.last);
    this.#samples = Number(row?.estimate);
    if (this.#samples > EXACT_COUNT_LIMIT) return;
    const [exact] = await queryRows<{ samples: number | string }>(
      this.#database,
      sql`select count(*) as samples from ${LIVE}`,
    );
    this.#samples = Number(exact?.samples);
  }
}
