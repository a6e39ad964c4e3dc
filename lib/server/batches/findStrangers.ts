import { encodingFromBytes } from '@kith/sdk';
import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { disagreement, type KnownSample } from '@/lib/shared/trust/disagreement';
import { MODEL_ID } from '@/lib/shared/vision/types';
import type { LookedAtRow } from './LookedAtRow';

/** Samples of a person that a new one is compared with: enough to have one that is alike. */
const MOST_COMPARED = 20;

/**
 * Rows whose face is beyond doubt not their person, by the samples that the person has and by the rows before them.
 * @param persons whose the samples will be, by id; somebody who is not there yet has a negative one
 * @returns for each such row the sample that it differs from, or the row before it that will be one
 */
export async function findStrangers(
  tx: Database,
  rows: readonly LookedAtRow[],
  persons: ReadonlyMap<LookedAtRow, number>,
): Promise<Map<LookedAtRow, number | LookedAtRow>> {
  const known = await samplesOfPeople(
    tx,
    [...new Set(persons.values())].filter((id) => id > 0),
  );
  const strangers = new Map<LookedAtRow, number | LookedAtRow>();
  const before = new Map<number, LookedAtRow[]>();
  for (const row of rows) {
    const personId = persons.get(row);
    if (personId === undefined) continue;
    const earlier = before.get(personId) ?? [];
    const stored = known.get(personId) ?? [];
    // Rows have no number of a sample yet: their place stands in, below those of samples.
    const samples = [
      ...stored,
      ...earlier.map(({ face }, place): KnownSample => ({ faceId: -1 - place, encoding: face.encoding })),
    ];
    const differs = row.row.choice?.keepDifferent ? null : disagreement(row.face.encoding, samples);
    if (differs === null) before.set(personId, [...earlier, row]);
    else strangers.set(row, differs.faceId > 0 ? differs.faceId : (earlier[-1 - differs.faceId] as LookedAtRow));
  }
  return strangers;
}

async function samplesOfPeople(tx: Database, personIds: readonly number[]): Promise<Map<number, KnownSample[]>> {
  const known = new Map<number, KnownSample[]>();
  if (personIds.length === 0) return known;
  const found = await queryRows<{ person: number | string; id: number | string; encoding: Uint8Array }>(
    tx,
    sql`select person, known.id, known.encoding
        from jsonb_array_elements_text(${JSON.stringify(personIds)}::jsonb) as asked(person)
        cross join lateral (
          select id, encoding from samples
          where person_id = person::bigint and model = ${MODEL_ID}
          order by id limit ${MOST_COMPARED}
        ) as known`,
  );
  for (const { person, id, encoding } of found) {
    const samples = known.get(Number(person)) ?? [];
    samples.push({ faceId: Number(id), encoding: encodingFromBytes(encoding) });
    known.set(Number(person), samples);
  }
  return known;
}
