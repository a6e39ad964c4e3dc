import { distance } from '@kith/sdk';
import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import type { Candidate } from '../types';
import { LIVE } from './tables';
import { fromVector, toVector } from './VectorStore';

/**
 * Minimum number of candidates in the index search. pgvector's default of 40 finds 19 of 20 nearest faces; this value
 * finds all.
 */
const EF_SEARCH = 200;
/** Rows of the first query per requested person, because several samples may belong to one person. */
const ROWS_PER_PERSON = 8;
/** Limit of rows, even if they belong to few people. */
const MAX_ROWS = 10_000;

interface VectorRow extends Record<string, unknown> {
  face_id: number | string;
  person_id: number | string | null;
  encoding: string;
}

export interface NearestOptions {
  probe: Float32Array;
  /** Maximum number of people. */
  limit: number;
  /** Measures every row instead of using the index. */
  exact: boolean;
}

/**
 * Returns the people nearest to `probe` by ascending distance, ties by face id. Must run in a transaction, because it
 * changes its settings.
 */
export async function nearestPeople(tx: Database, { probe, limit, exact }: NearestOptions): Promise<Candidate[]> {
  if (limit < 1) return [];
  await tx.execute(sql`select set_config('hnsw.iterative_scan', 'strict_order', true),
    set_config('enable_indexscan', ${exact ? 'off' : 'on'}, true)`);
  for (let rows = limit * ROWS_PER_PERSON; ; rows *= 4) {
    const found = await nearestRows(tx, probe, rows);
    const people = onceEach(found);
    const worst = people[limit - 1]?.distance ?? Number.POSITIVE_INFINITY;
    const furthest = found.at(-1)?.distance ?? 0;
    // Rows beyond the limit are at least as far as the furthest one returned: only a tie could still belong to the
    // result.
    if (found.length < rows || worst < furthest || rows >= MAX_ROWS) return people.slice(0, limit);
  }
}

async function nearestRows(tx: Database, probe: Float32Array, rows: number): Promise<Candidate[]> {
  // 1,000 is pgvector's maximum; beyond it the iterative scan continues by itself.
  const width = Math.min(Math.max(EF_SEARCH, rows), 1_000);
  await tx.execute(sql`select set_config('hnsw.ef_search', ${String(width)}, true)`);
  const found = await queryRows<VectorRow>(
    tx,
    sql`select face_id, person_id, encoding::text as encoding from ${LIVE}
        order by encoding <-> ${toVector(probe)}::vector limit ${rows}`,
  );
  // Measured again with the defining arithmetic, because pgvector sums in float32.
  return found
    .map(({ face_id, person_id, encoding }) => ({
      faceId: Number(face_id),
      personId: person_id === null ? null : Number(person_id),
      distance: distance(probe, fromVector(encoding)),
    }))
    .sort((a, b) => a.distance - b.distance || a.faceId - b.faceId);
}

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
