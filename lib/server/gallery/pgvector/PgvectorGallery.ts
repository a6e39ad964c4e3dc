import { FeedReader } from '@kith/sdk';
import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { withoutLimits } from '@/db/unlimited';
import { readFeed } from '@/lib/server/feed/readFeed';
import { shareRuns } from '@/lib/server/platform/shareRuns';
import { MODEL_ID } from '@/lib/shared/vision/types';
import type { Candidate, CaughtUp, Gallery, GallerySearch, GalleryStats } from '../types';
import { nearestPeople } from './nearest';
import { LIVE, makeIndex, makeTables } from './tables';
import { VectorStore } from './VectorStore';

const PAGE_SIZE = 1_000;
/** Samples up to which they are counted; beyond, the planner's estimate does. */
const COUNTED_EXACTLY = 100_000;
/** Deletions of one catching up after which the index is cleaned. */
const MANY_DELETED = 1_000;

export interface PgvectorGalleryOptions {
  database: Database;
  /**
   * Samples up to which every one is measured, in a few milliseconds. The index only pays beyond, and may miss a sample
   * unlike all others: those it could be reached from have nearer neighbours to lead to.
   */
  exactUpTo?: number;
}

/**
 * Everybody in a table of the database, found through an index: for more samples than a process has memory for. All
 * servers on the database share it; whichever searches first after a change brings it up to date.
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

  #search({ probes, limit }: GallerySearch): Promise<Candidate[][]> {
    const exact = this.#samples <= this.#exactUpTo;
    return this.#database.transaction(async (tx) => {
      const answers: Candidate[][] = [];
      for (const probe of probes) answers.push(await nearestPeople(tx, { probe, limit, exact }));
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
      // Another server may have brought it up to date.
      if (!current || !this.#isMade || last !== this.#lastUpdatedAt) {
        await this.#count();
        // Not before it is needed: building it as a whole is several times faster than row by row.
        if (this.#samples > this.#exactUpTo) await makeIndex(this.#database);
      }
      this.#isMade = true;
    } catch (error) {
      // Maybe somebody dropped the tables, or a restored database has none.
      this.#isMade = false;
      throw error;
    }
  }

  /** One cheap query, without a lock: most searches come when nothing has changed. */
  async #position(): Promise<{ current: boolean; last: number }> {
    const [row] = await queryRows<{ current: boolean; last: number | string }>(
      this.#database,
      sql`select live_last as last, live_last = feed.last and live_model is not distinct from ${MODEL_ID}
            and staged_last is null as current
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
    // What is deleted stays in the index as a dead end until it is vacuumed; PGlite has nobody who does so by itself.
    if (gone >= MANY_DELETED) await withoutLimits(this.#database, (db) => db.execute(sql`vacuum ${LIVE}`));
  }

  #readPage(): Promise<{ hasMore: boolean; deleted: number }> {
    return this.#database.transaction((tx) =>
      new FeedReader({
        source: ({ after, limit }) => readFeed(tx, { after, limit }),
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
    if (this.#samples > COUNTED_EXACTLY) return;
    const [exact] = await queryRows<{ samples: number | string }>(
      this.#database,
      sql`select count(*) as samples from ${LIVE}`,
    );
    this.#samples = Number(exact?.samples);
  }
}
