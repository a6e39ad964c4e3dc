import { encodingFromBytes } from '@kith/sdk';
import type { Database } from '@/db/client';
import { oldestSamples } from '@/lib/server/people/samples/oldestSamples';
import { disagreement, type KnownSample } from '@/lib/shared/trust/disagreement';
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
  const existing = [...new Set(persons.values())].filter((id) => id > 0);
  const known = new Map(
    [...(await oldestSamples(tx, existing, MOST_COMPARED))].map(([personId, found]): [number, KnownSample[]] => [
      personId,
      found.map(({ faceId, encoding }) => ({ faceId, encoding: encodingFromBytes(encoding) })),
    ]),
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
