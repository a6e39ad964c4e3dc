import { CROWDING_COEFFICIENTS, crowding, LEAST_CROWDING, normalisedDistance } from '@kith/sdk';
import { type SQL, sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { idArray, inGroups } from '@/lib/server/feed/inGroups';
import type { Candidate } from '../types';
import { LIVE } from './tables';
import { fromVector, toVector } from './VectorStore';

/**
 * Minimum number of candidates in the index search. pgvector's default of 40 finds 19 of 20 nearest faces; this value
 * finds all.
 */
const EF_SEARCH = 200;
/** pgvector's maximum of candidates; beyond it the iterative scan continues by itself. */
const MAX_EF_SEARCH = 1_000;
/** Rows of the first query per requested person, because several samples may belong to one person. */
const ROWS_PER_PERSON = 8;
/** Limit of rows, even if they belong to few people. */
const MAX_ROWS = 10_000;
/** pgvector's maximum number of rows that a search along the index examines. */
const DEFAULT_SCAN = 20_000;
/** The same for a search in groups, most of whose rows may be of people outside of the groups. */
const GROUP_SCAN = 200_000;
/** Relative error of pgvector's distances, which are computed in float32. */
const FLOAT32_ERROR = 1e-5;

interface VectorRow extends Record<string, unknown> {
  face_id: number | string;
  person_id: number | string | null;
  encoding: string;
  near: number | string;
  furthest: number | string;
}

export interface NearestOptions {
  probe: Float32Array;
  /** Maximum number of people. */
  limit: number;
  /** Measures every row instead of using the index. */
  exact: boolean;
  /** Ids of groups: only people in at least one of them are found. Null: everybody. */
  groups: readonly number[] | null;
}

/**
 * Returns the people nearest to `probe` by ascending normalised distance, ties by face id. Must run in a transaction,
 * because it changes its settings.
 *
 * The index knows plain distances only. A row at a plain distance `d` has a normalised one of at least `d ·
 * crowding(probe) · LEAST_CROWDING`. So the plain nearest rows are ranked again, and more are taken until no row beyond
 * them can win. With the index, this is ensured only for the two nearest people, because the first is often the person
 * who is enrolled again. It is limited to the maximum number of candidates that the index offers. `npm run
 * bench:recall` measures how often the first one is right: 2,000 of 2,000 among 10,000 samples.
 */
export async function nearestPeople(tx: Database, options: NearestOptions): Promise<Candidate[]> {
  const { probe, limit, exact, groups } = options;
  if (limit < 1) return [];
  await tx.execute(sql`select set_config('hnsw.iterative_scan', 'strict_order', true),
    set_config('hnsw.max_scan_tuples', ${String(groups === null ? DEFAULT_SCAN : GROUP_SCAN)}, true),
    set_config('enable_indexscan', ${exact && groups === null ? 'off' : 'on'}, true)`);
  const least = crowding(probe) * LEAST_CROWDING * (1 - FLOAT32_ERROR);
  let rows = limit * ROWS_PER_PERSON;
  let near = Math.max(rows, exact ? MAX_EF_SEARCH : EF_SEARCH);
  for (;;) {
    const found = await nearestRows(tx, { probe, near, rows, groups, exact });
    // The index search stopped among the people of other groups. Fewer rows do not mean that there are no more.
    if (groups !== null && !exact && found.near < near) return nearestPeople(tx, { ...options, exact: true });
    const people = onceEach(found.rows);
    const worst = people[limit - 1]?.distance ?? Number.POSITIVE_INFINITY;
    // Rows that were not read are at least as far as the furthest one read. Only a tie could still belong to the
    // result.
    const isRead = found.rows.length >= found.near || worst < (found.rows.at(-1)?.distance ?? 0);
    const decisive = exact ? worst : (people[Math.min(limit, 2) - 1]?.distance ?? Number.POSITIVE_INFINITY);
    const isComplete = found.near < near || decisive < found.furthest * least;
    if ((isRead || rows >= MAX_ROWS) && (isComplete || near >= (exact ? MAX_ROWS : MAX_EF_SEARCH))) {
      return people.slice(0, limit);
    }
    if (!isRead) rows *= 4;
    if (!isComplete) near = exact ? near * 4 : MAX_EF_SEARCH;
    near = Math.max(near, rows);
  }
}

interface Near {
  probe: Float32Array;
  /** Rows to rank, the nearest by plain distance. */
  near: number;
  /** Number of them to return, the nearest by normalised distance. */
  rows: number;
  groups: readonly number[] | null;
  exact: boolean;
}

async function nearestRows(
  tx: Database,
  { probe, near, rows, groups, exact }: Near,
): Promise<{ rows: Candidate[]; near: number; furthest: number }> {
  const width = Math.min(Math.max(EF_SEARCH, near), MAX_EF_SEARCH);
  await tx.execute(sql`select set_config('hnsw.ef_search', ${String(width)}, true)`);
  const found = await queryRows<VectorRow>(
    tx,
    sql`with near as materialized (
          select face_id, person_id, encoding, encoding <-> ${toVector(probe)}::vector as apart
          from ${searched({ groups, exact })} as searched
          order by apart limit ${near})
        select face_id, person_id, encoding::text as encoding,
          (select count(*) from near) as near, (select max(apart) from near) as furthest
        from near order by apart * ${CROWDING} limit ${rows}`,
  );
  // Measured again with the defining arithmetic, because pgvector sums in float32.
  const measured = found
    .map(({ face_id, person_id, encoding }) => ({
      faceId: Number(face_id),
      personId: person_id === null ? null : Number(person_id),
      distance: normalisedDistance(probe, fromVector(encoding)),
    }))
    .sort((a, b) => a.distance - b.distance || a.faceId - b.faceId);
  return { rows: measured, near: Number(found[0]?.near ?? 0), furthest: Number(found[0]?.furthest ?? 0) };
}

/**
 * Returns the rows that a search measures. For an exact search in groups, their people are found first, so that the
 * cost depends on the size of the groups. With the index, the rows are found along it.
 */
function searched({ groups, exact }: Pick<Near, 'groups' | 'exact'>): SQL {
  if (groups === null) return sql`${LIVE}`;
  if (!exact) return sql`(select * from ${LIVE} as live where ${inGroups(sql`live.person_id`, groups)})`;
  return sql`(select live.* from ${memberSamples(groups)} as members join ${LIVE} as live on live.face_id = members.id offset 0)`;
}

/** Returns the ids of the samples of all people in the groups. */
const memberSamples = (groups: readonly number[]): SQL =>
  sql`(select samples.id from samples join (
      select distinct person_id from person_groups where group_id = any(${idArray(groups)})
    ) as chosen on chosen.person_id = samples.person_id)`;

/** Returns whether the groups have at most this many samples. Reads no more than that. */
export async function areSmall(tx: Database, groups: readonly number[], most: number): Promise<boolean> {
  const [counted] = await queryRows<{ samples: number | string }>(
    tx,
    sql`select count(*) as samples from (select from ${memberSamples(groups)} as members limit ${most + 1}) as counted`,
  );
  return Number(counted?.samples) <= most;
}

/** `crowding` of the column `encoding` in SQL. `<#>` is the negative inner product. */
const CROWDING = (() => {
  const { bias, linear, square, least, most } = CROWDING_COEFFICIENTS;
  const sum = sql`${bias}::float8 - (encoding <#> ${toVector(Float32Array.from(linear))}::vector)
    - ${square}::float8 * (encoding <#> encoding)`;
  return sql`exp(least(greatest(${sum}, ${least}::float8), ${most}::float8))`;
})();

/** Returns the nearest sample of each person; an unassigned sample counts as a person. */
function onceEach(sorted: Candidate[]): Candidate[] {
  const seen = new Set<number>();
  return sorted.filter(({ personId }) => {
    if (personId === null) return true;
    const isFirst = !seen.has(personId);
    seen.add(personId);
    return isFirst;
  });
}
