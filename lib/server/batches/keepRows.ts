import { inArray } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { samples } from '@/db/schema';
import { actorOf, recordAudits } from '@/lib/server/audit/recordAudit';
import { type FeedNumbers, withFeed } from '@/lib/server/feed/withFeed';
import { argsNaming } from '@/lib/server/people/followPerson';
import { makeMissing } from '@/lib/server/people/groups/groupsNamed';
import { joinGroups } from '@/lib/server/people/groups/membership';
import { identityOf } from '@/lib/server/people/identity';
import { peopleOf } from '@/lib/server/people/personOf';
import { sameFaces } from '@/lib/server/people/samples/sameFaces';
import { insertSamples, type SampleFace } from '@/lib/server/people/samples/store';
import { groupKey } from '@/lib/shared/text/groupKey';
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
    const same = await sameFaces(
      tx,
      held.map(({ row, face }) => ({
        imageHash: face.imageHash ?? null,
        position: face.position,
        uniqueArgs: row.attributes,
        byAttributes: false,
      })),
    );
    const known = new Map([...same, ...(await samplesOfRows(tx, sought))]);
    const twins = firstTwins(held);
    const made = held.filter((_, nth) => !known.has(nth) && twins[nth] === nth);
    const people = await peopleOf(
      tx,
      numbers,
      made.map(({ row }) => row.attributes),
    );
    const ids = await insertSamples(
      tx,
      numbers,
      made.map(({ row, face }, i) => {
        const person = people[i] ?? null;
        return { ...face, uniqueArgs: argsNaming(row.attributes, person), personId: person?.id ?? null };
      }),
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
      const twin = twins[nth] as number;
      const faceId = known.get(nth) ?? known.get(twin) ?? (madeIds.get(held[twin] as LookedAtRow) as number);
      return { row: one.row, outcome: { status: 'duplicate', faceId } };
    });
    await joinGroupsOfRows(tx, numbers, outcomes);
    await noteOutcomes(tx, holder, outcomes);
    const statuses = outcomes.map(({ outcome }) => outcome.status).values();
    return rows.map((_, nth) => (stillMine.has(nth) ? (statuses.next().value ?? null) : null));
  });
}

/** Puts the people of the rows into the groups that these name, also where the sample was there before. */
export async function joinGroupsOfRows(
  tx: Database,
  numbers: FeedNumbers,
  outcomes: readonly { row: ClaimedRow; outcome: { faceId: number } }[],
): Promise<void> {
  const naming = outcomes.filter(({ row }) => row.groups.length > 0);
  if (naming.length === 0) return;
  const ids = await makeMissing(
    tx,
    naming.flatMap(({ row }) => row.groups),
  );
  const people = await tx
    .select({ faceId: samples.id, personId: samples.personId })
    .from(samples)
    .where(
      inArray(
        samples.id,
        naming.map(({ outcome }) => outcome.faceId),
      ),
    );
  const personOf = new Map(people.map(({ faceId, personId }) => [faceId, personId]));
  const joining = new Map<number, number[]>();
  for (const { row, outcome } of naming) {
    const personId = personOf.get(outcome.faceId);
    if (personId == null) continue;
    for (const name of row.groups) {
      const groupId = ids.get(groupKey(name)) as number;
      joining.set(groupId, [...(joining.get(groupId) ?? []), personId]);
    }
  }
  for (const [groupId, personIds] of joining) await joinGroups(tx, numbers, { personIds, groupIds: [groupId] });
}

/** For each row the place of the first one that comes to the same sample: the same row, or the same picture of the same person. */
function firstTwins(rows: readonly LookedAtRow[]): number[] {
  const first = new Map<string, number>();
  return rows.map(({ row, face: { imageHash = null } }, nth) => {
    const { externalId, name } = identityOf(row.attributes);
    const who = externalId === null ? (name === null ? null : ['name', name]) : ['id', externalId];
    const keys = [sameRow({ row, imageHash }), ...(who && imageHash ? [JSON.stringify([imageHash, who])] : [])];
    const twin = keys.map((key) => first.get(key)).find((place) => place !== undefined) ?? nth;
    for (const key of keys) if (!first.has(key)) first.set(key, twin);
    return twin;
  });
}
