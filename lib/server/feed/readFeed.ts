import { FEED_SUM_FACTOR, FEED_SUM_PRIMES, FeedSum, type FeedSummary } from '@kith/sdk';
import { type SQL, sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import type { UniqueArgs } from '@/db/schema';
import { MODEL_ID } from '@/lib/shared/vision/types';
import { idArray, inGroups } from './inGroups';

/** A sample of the feed. */
export interface FeedFace {
  faceId: number;
  /** 128 little-endian float32: 512 bytes. */
  encoding: Uint8Array;
  /** Its number in the feed. */
  updatedAt: number;
  uniqueArgs: UniqueArgs;
  personId: number | null;
  personName: string | null;
  /** Names of the person's groups, sorted. A limited reader sees only the groups of its limit. */
  groups: string[];
  /** Their ids, by which the server's own gallery filters. They are not sent. */
  groupIds: number[];
}

/** A deleted sample (tombstone). */
export interface FeedDeletion {
  faceId: number;
  updatedAt: number;
}

export interface FeedPage extends Partial<FeedSummary> {
  /** In ascending order of their numbers, as is `deleted`. A face is in at most one of the two. */
  faces: FeedFace[];
  deleted: FeedDeletion[];
  /** The `after` of the next request. */
  lastUpdatedAt: number;
  hasMore: boolean;
  /** The model of these encodings. A reader with encodings of another model restarts from 0. */
  model: string;
  /**
   * The requested number was never assigned or is of another lineage: the database was replaced or restored from a
   * backup. The reader must discard everything it has; this page is the first one from 0.
   */
  reset: boolean;
  /** UUID of the database's history. */
  lineage: string;
}

export interface ReadFeedOptions {
  /** The last number the reader has seen; 0 reads from the start. */
  after: number;
  /** Maximum number of samples and tombstones together, 1 to 10,000; default 1,000. */
  limit?: number;
  /** Lineage of `after`, as the reader got it. A reader of an earlier version has none. */
  lineage?: string | undefined;
  /** Whether the last page has `count` and `checksum` of all samples that the reader may see. */
  verify?: boolean | undefined;
  /** Model of the encodings to return; samples of other models are left out. Default: the model in use. */
  model?: string;
  /** Ids of the groups that the reader is limited to; null or absent: not limited. */
  groups?: readonly number[] | null;
}

/**
 * Number of samples that a limited reader scans in the order of the feed before it queries all samples of its groups.
 * It is enough for new changes, and for the first pages of groups that contain a large part of all people.
 */
const LOOKED_THROUGH = 4_000;

/** A row of the query; postgres.js returns bigints as text. */
interface FeedRow extends Record<string, unknown> {
  last: number | string;
  lineage: string;
  reset: boolean;
  /** Count and sums of all samples, separated by blanks; null if there is more to read or they were not requested. */
  sums: string | null;
  face_id: number | string | null;
  updated_at: number | string;
  encoding: Uint8Array | null;
  unique_args: UniqueArgs;
  person_id: number | string | null;
  person_name: string | null;
  group_ids: string | null;
}

/**
 * Returns a condition that the sample is of the reader's model.
 *
 * The `case` keeps the planner from estimating that the model is rare where ANALYZE never ran (PGlite, or a first
 * import). It would then sort everything for each page instead of following the index.
 */
const ofModel = (model: string): SQL => sql`case when s.model = ${model} then true end`;

/** Returns the sums of {@link FeedSum}. No index is needed: it is one pass over the table, per reader and hour. */
function sumsOf({ model, groups }: Omit<Choice, 'limit'>): SQL {
  const [p, q] = FEED_SUM_PRIMES.map((prime) => sql.raw(`${prime}::bigint`)) as [SQL, SQL];
  const mixed = sql`(s.id % ${q} * ${sql.raw(`${FEED_SUM_FACTOR}`)} + s.updated_at % ${q}) % ${q}`;
  return sql`(
    select concat_ws(' ', count(*), coalesce(sum(s.id % ${p} * (s.updated_at % ${p}) % ${p}), 0),
      coalesce(sum((${mixed}) * (${mixed}) % ${q} * (${mixed}) % ${q}), 0))
    from samples s where ${ofModel(model)} ${groups === null ? sql`` : sql`and ${inGroups(sql`s.person_id`, groups)}`})`;
}

/**
 * Returns the changes after a number, oldest first.
 *
 * One statement, hence one snapshot: samples, tombstones, names, the last number and the checksum are consistent. A
 * sample that is deleted concurrently is in exactly one of the two lists.
 *
 * `limit 1` on the single row of `feed` gives the planner an estimate if that table was never analysed. Without it,
 * PostgreSQL assumes two thousand rows and compiles the query (JIT), which takes a hundred times as long as running it.
 *
 * A reader that is limited to groups gets the samples in them. Its `deleted` contains the ids of samples that left a
 * group since `after` and are in none of its groups. A sample that never left a group was never sent to the reader.
 */
export async function readFeed(db: Database, options: ReadFeedOptions): Promise<FeedPage> {
  const { after, model = MODEL_ID, lineage = null, verify = false, groups = null } = options;
  const limit = Math.min(Math.max(options.limit ?? 1_000, 1), 10_000);
  const choice: Choice = { model, limit, groups };
  const sums = verify
    ? sql`case when (select count(*) from page) <= ${limit} then ${sumsOf({ model, groups })} end`
    : sql`null`;
  const answered = await queryRows<FeedRow>(
    db,
    sql`with known as (
          select last, lineage, ${after}::bigint > last or ${lineage}::uuid <> lineage as reset from feed limit 1
        ), asked as (
          select last, lineage, coalesce(reset, false) as reset,
            case when reset then 0 else ${after}::bigint end as after
          from known
        ), ${chosenSamples(choice)}page as (
          (select s.id as face_id, s.updated_at, s.encoding, s.unique_args, s.person_id, p.name as person_name
           from ${samplesOfPage(choice)})
          union all
          (select t.face_id, t.updated_at, null, null, null, null
           from tombstones t
           where t.updated_at > (select after from asked)
           order by t.updated_at limit ${limit + 1})
          ${goneFromGroups(choice)}
          order by updated_at limit ${limit + 1}
        ), memberships as (
          select (select group_id from person_groups order by person_id, group_id limit 1) is not null as any_at_all
        )
        select asked.last, asked.lineage, asked.reset, ${sums} as sums, page.*,
          case when (select any_at_all from memberships) then (
            select string_agg(m.group_id::text, ',') from person_groups m
            where m.person_id = page.person_id${groups === null ? sql`` : sql` and m.group_id = any(${idArray(groups)})`}
          ) end as group_ids
        from asked left join page on true order by page.updated_at`,
  );
  const [first] = answered;
  if (first === undefined) throw new Error('the table "feed" has no row');
  const rows = answered.filter((row) => row.face_id !== null);
  const hasMore = rows.length > limit;
  if (hasMore) rows.pop();

  const names = await groupNames(db, rows);
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
        ...groupsOf(row, names),
      });
    }
  }
  // There is nothing more up to the last assigned number, even if the newest samples are of another model.
  const lastUpdatedAt = Number(hasMore ? rows.at(-1)?.updated_at : first.last);
  const page = { faces, deleted, lastUpdatedAt, hasMore, model, reset: first.reset, lineage: first.lineage };
  return { ...page, ...(first.sums !== null && summaryOf(first.sums)) };
}

function summaryOf(sums: string): FeedSummary {
  const sum = new FeedSum();
  const [count = 0, ...both] = sums.split(' ').map(Number);
  sum.addSums(count, both[0] ?? 0, both[1] ?? 0);
  return sum.summary;
}

interface Choice {
  model: string;
  limit: number;
  groups: readonly number[] | null;
}

/** Returns a condition for the samples after `after` that are of the model. */
const nextOf = (model: string): SQL => sql`s.updated_at > (select after from asked) and ${ofModel(model)}`;

/** Returns the query of the page's samples, `s`, with their people, `p`. */
function samplesOfPage({ model, limit, groups }: Choice): SQL {
  const withPeople = sql`left join people p on p.id = s.person_id`;
  if (groups !== null) return sql`chosen join samples s on s.id = chosen.id ${withPeople}`;
  return sql`samples s ${withPeople} where ${nextOf(model)} order by s.updated_at limit ${limit + 1}`;
}

/** Returns the CTE `chosen` of a limited reader: the ids of the next samples in its groups. */
function chosenSamples({ model, limit, groups }: Choice): SQL {
  if (groups === null) return sql``;
  const next = nextOf(model);
  // Neither way alone is fast for every group: a small one comes late in the feed, a large one is slow to sort.
  return sql`ahead as materialized (
      select s.id, s.person_id, s.updated_at from samples s where ${next} order by s.updated_at limit ${LOOKED_THROUGH}
    ), early as materialized (
      select id, updated_at from ahead where ${inGroups(sql`ahead.person_id`, groups)} order by updated_at limit ${limit + 1}
    ), late as (
      select s.id, s.updated_at
      from (select distinct person_id from person_groups where group_id = any(${idArray(groups)})) as members
      join samples s on s.person_id = members.person_id
      where (select count(*) from ahead) = ${LOOKED_THROUGH} and (select count(*) from early) <= ${limit} and ${next}
      order by s.updated_at limit ${limit + 1}
    ), chosen as materialized (select id, updated_at from early union select id, updated_at from late order by updated_at limit ${limit + 1}), `;
}

/**
 * Returns the part of the page with samples that left a group since `after`, and are in none of the reader's groups.
 */
function goneFromGroups({ limit, groups }: Choice): SQL {
  if (groups === null) return sql``;
  return sql`union all
    (select s.id, s.updated_at, null, null, null, null
     from samples s
     where s.updated_at > (select after from asked) and s.left_at > (select after from asked)
       and not ${inGroups(sql`s.person_id`, groups)}
     order by s.updated_at limit ${limit + 1})`;
}

/**
 * Returns the names of the groups in the rows, by id. They may be read later, because a rename gives the samples new
 * numbers.
 */
async function groupNames(db: Database, rows: readonly FeedRow[]): Promise<Map<number, string>> {
  const ids = new Set(rows.flatMap(({ group_ids }) => group_ids?.split(',') ?? []));
  if (ids.size === 0) return new Map();
  const found = await queryRows<{ id: number | string; name: string }>(
    db,
    sql`select id, name from groups where id = any(${idArray([...ids].map(Number))}) order by key`,
  );
  return new Map(found.map(({ id, name }) => [Number(id), name]));
}

function groupsOf({ group_ids }: FeedRow, names: ReadonlyMap<number, string>): Pick<FeedFace, 'groups' | 'groupIds'> {
  if (group_ids === null) return { groups: [], groupIds: [] };
  const groupIds = new Set(group_ids.split(',').map(Number));
  return { groups: [...names].flatMap(([id, name]) => (groupIds.has(id) ? [name] : [])), groupIds: [...groupIds] };
}
