import { encodingFromBytes } from '@kith/sdk';
import type { Database } from '@/db/client';
import { oldestSamples } from '@/lib/server/people/samples/oldestSamples';
import { disagreement, type KnownSample } from '@/lib/shared/trust/disagreement';
import type { LookedAtRow } from './LookedAtRow';

/** Maximum number of a person's samples that a new one is compared with: enough for one of them to be similar. */
const MOST_COMPARED = 20;

/**
 * Finds rows whose face is beyond doubt not their person. It compares with the person's samples and with earlier rows.
 * @param persons the id of each row's person; negative for somebody who does not exist yet
 * @returns for each such row, the sample or the earlier row that it differs from
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
    // Rows have no sample id yet. Negative numbers stand for them.
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
