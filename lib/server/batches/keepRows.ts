import type { Database } from '@/db/client';
import { actorOf, recordAudits } from '@/lib/server/audit/recordAudit';
import { type FeedNumbers, withFeed } from '@/lib/server/feed/withFeed';
import { argsOfSent } from '@/lib/server/people/followPerson';
import { joinGroupsNamed } from '@/lib/server/people/groups/joinGroupsNamed';
import { identityOf } from '@/lib/server/people/identity';
import { peopleNamed, peopleOf } from '@/lib/server/people/personOf';
import { ownersUnlessMoved } from '@/lib/server/people/samples/ownersUnlessMoved';
import { sameFaces } from '@/lib/server/people/samples/sameFaces';
import { insertSamples } from '@/lib/server/people/samples/store';
import { ERRORS } from '@/lib/shared/contract/errors';
import { type ClaimedRow, noteOutcomes, type Outcome, stillHeld } from './claims';
import { findStrangers } from './findStrangers';
import type { LookedAtRow } from './LookedAtRow';
import { sameRow, samplesOfRows } from './samplesOfRows';

type Kept = 'enrolled' | 'duplicate' | 'failed';

/**
 * Writes samples, their audit entries and the outcomes of their rows together, in as few statements as for one row. Writes
 * of all servers run one after the other, so that the later of two equal rows finds the sample of the first. A row fails,
 * and makes no sample, if its face is beyond doubt not its person.
 * @returns the outcome of each row, in the order of `rows`; null where another run has taken the row
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
    const fresh = held.filter((_, nth) => !known.has(nth) && twins[nth] === nth);
    // A refused row creates and renames nobody.
    const strangers = await findStrangers(tx, fresh, await whoTheyName(tx, fresh));
    const made = fresh.filter((one) => !strangers.has(one));
    const people = await peopleOf(
      tx,
      numbers,
      made.map(({ row }) => row.attributes),
    );
    const persons = new Map(made.map((one, i) => [one, people[i] ?? null]));
    const ids = await insertSamples(
      tx,
      numbers,
      made.map((one) => {
        const person = persons.get(one) ?? null;
        return { ...one.face, ...argsOfSent(one.row.attributes, person), personId: person?.id ?? null };
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
      if (own !== undefined) {
        const outcome = {
          status: 'enrolled' as const,
          faceId: own,
          looksLike: somebodyElse(one, persons.get(one)?.id),
        };
        return { row: one.row, outcome };
      }
      const twin = twins[nth] as number;
      const first = held[twin] as LookedAtRow;
      const other = strangers.get(first);
      if (other !== undefined) {
        const faceId = typeof other === 'number' ? other : (madeIds.get(other) as number);
        return { row: one.row, outcome: differentPerson(faceId) };
      }
      const faceId = known.get(nth) ?? known.get(twin) ?? (madeIds.get(first) as number);
      return { row: one.row, outcome: { status: 'duplicate', faceId } };
    });
    await joinGroupsOfRows(tx, numbers, outcomes);
    await noteOutcomes(tx, holder, outcomes);
    const statuses = outcomes.map(({ outcome }) => outcome.status).values();
    return rows.map((_, nth) => (stillMine.has(nth) ? (statuses.next().value ?? null) : null));
  });
}

/** Returns the ids of the people whom rows name. Each person who does not exist yet has a negative number. */
async function whoTheyName(tx: Database, rows: readonly LookedAtRow[]): Promise<Map<LookedAtRow, number>> {
  const known = await peopleNamed(
    tx,
    rows.map(({ row }) => row.attributes),
  );
  const newcomers = new Map<string, number>();
  const who = new Map<LookedAtRow, number>();
  for (const [nth, one] of rows.entries()) {
    const key = whoKey(one);
    if (key === null) continue;
    const newcomer = newcomers.get(key) ?? -1 - newcomers.size;
    const personId = known[nth]?.id ?? newcomer;
    if (personId === newcomer) newcomers.set(key, newcomer);
    who.set(one, personId);
  }
  return who;
}

/** Returns a key that is equal for two rows of the same person; null if the row names nobody. */
function whoKey({ row }: LookedAtRow): string | null {
  const { externalId, name } = identityOf(row.attributes);
  if (externalId !== null) return JSON.stringify(['id', externalId]);
  return name === null ? null : JSON.stringify(['name', name]);
}

/** Returns the nearest sample of another person that the face matches; null if there is none. */
function somebodyElse({ alike = [] }: LookedAtRow, personId: number | undefined): number | null {
  return alike.find((other) => other.personId !== personId)?.faceId ?? null;
}

const differentPerson = (faceId: number): Outcome & { status: 'failed' } => ({
  status: 'failed',
  errorType: ERRORS.DIFFERENT_PERSON.type,
  errorMessage: `The face does not look like sample ${faceId}, whose person has the same name or id. Change the name or id, or keep the face.`,
  differsFrom: faceId,
});

/**
 * Adds the people of the rows to the groups that the rows name, even if the sample existed before. Failed rows are left
 * out. So are rows whose sample was moved by hand to another person.
 */
export async function joinGroupsOfRows(
  tx: Database,
  numbers: FeedNumbers,
  outcomes: readonly { row: ClaimedRow; outcome: { faceId: number } | { status: 'failed' } }[],
): Promise<void> {
  const naming = outcomes.flatMap(({ row, outcome }) =>
    row.groups.length > 0 && 'faceId' in outcome ? [{ row, faceId: outcome.faceId }] : [],
  );
  const owners = await ownersUnlessMoved(
    tx,
    naming.map(({ row, faceId }) => ({ faceId, uniqueArgs: row.attributes })),
  );
  const joining = naming.flatMap(({ row: { groups: names } }, nth) => {
    const personId = owners[nth] ?? null;
    return personId === null || personId === 'moved' ? [] : [{ personId, names }];
  });
  await joinGroupsNamed(tx, numbers, joining);
}

/**
 * Returns, for each row, the index of the first row with the same sample: an equal row, or the same picture of the same
 * person.
 */
function firstTwins(rows: readonly LookedAtRow[]): number[] {
  const first = new Map<string, number>();
  return rows.map((one, nth) => {
    const { imageHash = null } = one.face;
    const who = whoKey(one);
    const keys = [
      sameRow({ row: one.row, imageHash }),
      ...(who && imageHash ? [JSON.stringify([imageHash, who])] : []),
    ];
    const twin = keys.map((key) => first.get(key)).find((place) => place !== undefined) ?? nth;
    for (const key of keys) if (!first.has(key)) first.set(key, twin);
    return twin;
  });
}
