import { FeedReader } from '@kith/sdk';
import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { readFeed } from '@/lib/feed/readFeed';
import { MODEL_ID } from '@/lib/vision/types';
import { shareRuns } from '../shareRuns';
import type { Candidate, Gallery, GallerySearch, GalleryStats } from '../types';
import { nearestPeople } from './nearest';
import { makeIndex, makeTables } from './tables';
import { VectorStore } from './VectorStore';

const PAGE_SIZE = 1_000;
/** Samples up to which they are counted; beyond, the planner's estimate does. */
const COUNTED_EXACTLY = 100_000;

/**
 * Everybody in a table of the database, found through an index: for more samples than a process has memory for. All
 * servers on the database share it; whichever searches first after a change brings it up to date.
 */
export class PgvectorGallery implements Gallery {
  readonly #database: Database;
  readonly #refresh: () => Promise<void>;
  #isMade = false;
  #samples = 0;
  #lastUpdatedAt = 0;
  #closed = false;

  constructor({ database }: { database: Database }) {
    this.#database = database;
    this.#refresh = shareRuns(() => this.#catchUp());
  }

  async search({ probes, limit }: GallerySearch): Promise<Candidate[][]> {
    await this.refresh();
    return this.#database.transaction(async (tx) => {
      const answers: Candidate[][] = [];
      for (const probe of probes) answers.push(await nearestPeople(tx, probe, limit));
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
      if (!(await this.#isCurrent())) {
        while (await this.#readPage()) if (this.#closed) throw new Error('the gallery is closed');
        await this.#count();
      } else if (!this.#isMade) {
        await this.#count();
      }
      // After the first load, when building it as a whole is several times faster than row by row.
      if (!this.#isMade) await makeIndex(this.#database);
      this.#isMade = true;
    } catch (error) {
      // Maybe somebody dropped the tables, or a restored database has none.
      this.#isMade = false;
      throw error;
    }
  }

  /** One cheap query, without a lock: most searches come when nothing has changed. */
  async #isCurrent(): Promise<boolean> {
    const [row] = await queryRows<{ current: boolean }>(
      this.#database,
      sql`select gallery_state.live_last = feed.last and gallery_state.live_model is not distinct from ${MODEL_ID}
            and gallery_state.staged_last is null as current
          from gallery_state, feed`,
    );
    return row?.current === true;
  }

  /** @returns whether there is more */
  #readPage(): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      const reader = new FeedReader({
        source: ({ after, limit }) => readFeed(tx, { after, limit }),
        store: new VectorStore(tx),
        pageSize: PAGE_SIZE,
      });
      const { hasMore, lastUpdatedAt } = await reader.syncPage();
      this.#lastUpdatedAt = lastUpdatedAt;
      return hasMore;
    });
  }

  async #count(): Promise<void> {
    const [row] = await queryRows<{ estimate: number | string; last: number | string }>(
      this.#database,
      sql`select reltuples as estimate, (select live_last from gallery_state) as last
          from pg_class where oid = 'gallery_vectors'::regclass`,
    );
    this.#lastUpdatedAt = Number(row?.last);
    this.#samples = Number(row?.estimate);
    if (this.#samples > COUNTED_EXACTLY) return;
    const [exact] = await queryRows<{ samples: number | string }>(
      this.#database,
      sql`select count(*) as samples from gallery_vectors
          where generation = (select live_generation from gallery_state)`,
    );
    this.#samples = Number(exact?.samples);
  }
}
