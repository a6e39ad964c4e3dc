import type { Database } from '@/db/client';
import { actorOf, recordAudits } from '@/lib/audit/recordAudit';
import { insertSamples, type SampleFace } from '@/lib/faces/store';
import { withFeed } from '@/lib/feed/withFeed';
import { peopleOf } from '@/lib/people/personOf';
import { type ClaimedRow, noteOutcomes, type Outcome, stillHeld } from './claims';
import { sameRow, samplesOfRows } from './samplesOfRows';

/** A claimed row with the face that its picture showed. */
export interface LookedAtRow {
  row: ClaimedRow;
  face: SampleFace;
}

type Kept = 'enrolled' | 'duplicate';

/**
 * Samples, their lines in the audit log and the outcomes of their rows, written together and in as few statements as
 * for one row. Writes follow each other, so that of two rows that are the same the later one finds the sample of the
 * first, whichever servers work on them.
 * @returns what came of each, in their order; null where another run has taken the row
 */
export function keepRows(db: Database, holder: string, rows: readonly LookedAtRow[]): Promise<(Kept | null)[]> {
  return withFeed(db, async (tx, numbers) => {
    const stillMine = await stillHeld(
      tx,
      rows.map(({ row }) => row),
      holder,
    );
    const held = rows.filter((_, nth) => stillMine.has(nth));
    const sought = held.map(({ row, face }) => ({ row, imageHash: face.imageHash ?? null }));
    const known = await samplesOfRows(tx, sought);
    const keys = sought.map(sameRow);
    const made = held.filter((_, nth) => !known.has(nth) && keys.indexOf(keys[nth] as string) === nth);
    const people = await peopleOf(
      tx,
      numbers,
      made.map(({ row }) => row.attributes),
    );
    const ids = await insertSamples(
      tx,
      numbers,
      made.map(({ row, face }, i) => ({ ...face, uniqueArgs: row.attributes, personId: people[i]?.id ?? null })),
    );
    await recordAudits(
      actorOf(null, null),
      made.map(({ row: { importId } }, i) => ({
        action: 'sample.create',
        subjectKind: 'sample',
        subjectId: ids[i] as number,
        details: { import_id: importId },
      })),
      tx,
    );
    const madeIds = new Map(made.map((one, i) => [one, ids[i] as number]));
    const outcomes = held.map((one, nth): { row: ClaimedRow; outcome: Outcome & { status: Kept } } => {
      const own = madeIds.get(one);
      if (own !== undefined) return { row: one.row, outcome: { status: 'enrolled', faceId: own } };
      const twin = held[keys.indexOf(keys[nth] as string)] as LookedAtRow;
      const faceId = known.get(nth) ?? (madeIds.get(twin) as number);
      return { row: one.row, outcome: { status: 'duplicate', faceId } };
    });
    await noteOutcomes(tx, holder, outcomes);
    const statuses = outcomes.map(({ outcome }) => outcome.status).values();
    return rows.map((_, nth) => (stillMine.has(nth) ? (statuses.next().value ?? null) : null));
  });
}
