import { distance } from '@kith/sdk';
import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import type { Candidate } from '../types';
import { LIVE } from './tables';
import { fromVector, toVector } from './VectorStore';

/** Candidates the index looks at, at least; pgvector's default of 40 finds 19 of 20 nearest faces, this one all. */
const EF_SEARCH = 200;
/** Rows asked for at first, for each person wanted: several samples may be of one. */
const ROWS_PER_PERSON = 8;
/** Where no more rows are asked for, though they may be of few people. */
const MOST_ROWS = 10_000;

interface VectorRow extends Record<string, unknown> {
  face_id: number | string;
  person_id: number | string | null;
  encoding: string;
}

export interface NearestOptions {
  probe: Float32Array;
  /** People, at most. */
  limit: number;
  /** Measures every row instead of asking the index. */
  exact: boolean;
}

/** The people nearest to `probe`, by ascending distance, ties by face id. Within a transaction, whose settings it sets. */
export async function nearestPeople(tx: Database, { probe, limit, exact }: NearestOptions): Promise<Candidate[]> {
  if (limit < 1) return [];
  await tx.execute(sql`select set_config('hnsw.iterative_scan', 'strict_order', true),
    set_config('enable_indexscan', ${exact ? 'off' : 'on'}, true)`);
  for (let rows = limit * ROWS_PER_PERSON; ; rows *= 4) {
    const found = await nearestRows(tx, probe, rows);
    const people = onceEach(found);
    const worst = people[limit - 1]?.distance ?? Number.POSITIVE_INFINITY;
    const furthest = found.at(-1)?.distance ?? 0;
    // What was not asked for is at least as far as the furthest row: only a tie could still belong into the answer.
    if (found.length < rows || worst < furthest || rows >= MOST_ROWS) return people.slice(0, limit);
  }
}

async function nearestRows(tx: Database, probe: Float32Array, rows: number): Promise<Candidate[]> {
  // 1,000 is the most pgvector takes; beyond it the iterative scan goes on by itself.
  const width = Math.min(Math.max(EF_SEARCH, rows), 1_000);
  await tx.execute(sql`select set_config('hnsw.ef_search', ${String(width)}, true)`);
  const found = await queryRows<VectorRow>(
    tx,
    sql`select face_id, person_id, encoding::text as encoding from ${LIVE}
        order by encoding <-> ${toVector(probe)}::vector limit ${rows}`,
  );
  // Measured again by the arithmetic that defines distance: pgvector's sums float32.
  return found
    .map(({ face_id, person_id, encoding }) => ({
      faceId: Number(face_id),
      personId: person_id === null ? null : Number(person_id),
      distance: distance(probe, fromVector(encoding)),
    }))
    .sort((a, b) => a.distance - b.distance || a.faceId - b.faceId);
}

/** The nearest of each person; samples of nobody stand for themselves. */
function onceEach(sorted: Candidate[]): Candidate[] {
  const seen = new Set<number>();
  return sorted.filter(({ personId }) => {
    if (personId === null) return true;
    const isFirst = !seen.has(personId);
    seen.add(personId);
    return isFirst;
  });
}
