import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import type { UniqueArgs } from '@/db/schema';
import { MODEL_ID } from '@/lib/shared/vision/types';

/** A sample as the feed gives it. */
export interface FeedFace {
  faceId: number;
  /** 128 little-endian float32: 512 bytes. */
  encoding: Uint8Array;
  /** Its number in the feed. */
  updatedAt: number;
  uniqueArgs: UniqueArgs;
  personId: number | null;
  personName: string | null;
}

/** A sample that is gone. */
export interface FeedDeletion {
  faceId: number;
  updatedAt: number;
}

export interface FeedPage {
  /** In ascending order of their numbers, as is `deleted`; a face is in one of the two at most. */
  faces: FeedFace[];
  deleted: FeedDeletion[];
  /** What to ask with next. */
  lastUpdatedAt: number;
  hasMore: boolean;
  /** The model of these encodings. A reader with encodings of another one starts over from 0. */
  model: string;
  /**
   * The number asked with was never given out: the database is another one, or was restored from a backup. The reader
   * forgets everything it has; this page is the first from 0.
   */
  reset: boolean;
}

export interface ReadFeedOptions {
  /** The last number the reader has seen; 0 reads from the start. */
  after: number;
  /** Samples and tombstones together, 1 to 10,000; default 1,000. */
  limit?: number;
  /** Whose encodings to give; samples of other models are left out. Default: the model in use. */
  model?: string;
}

/** What the query answers; postgres.js gives bigints as text. */
interface FeedRow extends Record<string, unknown> {
  last: number | string;
  reset: boolean;
  face_id: number | string | null;
  updated_at: number | string;
  encoding: Uint8Array | null;
  unique_args: UniqueArgs;
  person_id: number | string | null;
  person_name: string | null;
}

/**
 * What came after a number, oldest first.
 *
 * One statement, hence one snapshot: samples, tombstones, names and the last number given out are of the same moment,
 * so a sample deleted meanwhile is neither in both lists nor in none.
 *
 * `limit 1` of the one row says what the planner cannot know while nobody has analysed that table: for two thousand rows
 * times a page PostgreSQL would compile the query first, which takes a hundred times as long as answering it.
 *
 * The `case` around the model keeps the planner from taking it for a rare one, as it does where nobody has ever run
 * ANALYZE (PGlite, or a first import), and sorting everything for each page instead of following the index.
 */
export async function readFeed(db: Database, options: ReadFeedOptions): Promise<FeedPage> {
  const { after, model = MODEL_ID } = options;
  const limit = Math.min(Math.max(options.limit ?? 1_000, 1), 10_000);
  const answered = await queryRows<FeedRow>(
    db,
    sql`with asked as (
          select last, ${after}::bigint > last as reset,
            case when ${after}::bigint > last then 0 else ${after}::bigint end as after
          from feed limit 1
        ), page as (
          (select s.id as face_id, s.updated_at, s.encoding, s.unique_args, s.person_id, p.name as person_name
           from samples s left join people p on p.id = s.person_id
           where s.updated_at > (select after from asked) and case when s.model = ${model} then true end
           order by s.updated_at limit ${limit + 1})
          union all
          (select t.face_id, t.updated_at, null, null, null, null
           from tombstones t
           where t.updated_at > (select after from asked)
           order by t.updated_at limit ${limit + 1})
          order by updated_at limit ${limit + 1}
        )
        select asked.last, asked.reset, page.* from asked left join page on true order by page.updated_at`,
  );
  const [first] = answered;
  if (first === undefined) throw new Error('the table "feed" has lost its row');
  const rows = answered.filter((row) => row.face_id !== null);
  const hasMore = rows.length > limit;
  if (hasMore) rows.pop();

  const faces: FeedFace[] = [];
  const deleted: FeedDeletion[] = [];
  for (const row of rows) {
    const numbered = { faceId: Number(row.face_id), updatedAt: Number(row.updated_at) };
    if (row.encoding === null) deleted.push(numbered);
    else {
      faces.push({
        ...numbered,
        encoding: row.encoding,
        uniqueArgs: row.unique_args,
        personId: row.person_id === null ? null : Number(row.person_id),
        personName: row.person_name,
      });
    }
  }
  // Nothing is left before the last number given out, even where the newest samples are another model's.
  const lastUpdatedAt = Number(hasMore ? rows.at(-1)?.updated_at : first.last);
  return { faces, deleted, lastUpdatedAt, hasMore, model, reset: first.reset };
}
