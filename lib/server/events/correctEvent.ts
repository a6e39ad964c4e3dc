import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { type EventCorrection, eventCorrections, events, type RecordedEvent } from '@/db/schema';
import type { Actor } from '@/lib/server/audit/recordAudit';
import { withFeed } from '@/lib/server/feed/withFeed';
import { requirePerson } from '@/lib/server/people/personOf';
import { ownersOfSamples } from '@/lib/server/people/samples/store';
import { announce } from '@/lib/server/webhooks/announce';
import { correctedAnnouncement } from '@/lib/server/webhooks/announcements';
import { KithError } from '@/lib/shared/contract/errors';
import type { EventDetails } from '@/lib/shared/contract/events';
import { noSuchEvent, readEvent } from './readEvent';

/** Who corrects a recognition. */
export type Corrector = Pick<Actor, 'kind' | 'id' | 'name'>;

/**
 * Stores who a recognition really shows: a person, or nobody known (null). If that is who it shows already, the correction
 * confirms it. A caller's repeated confirmation is not stored again.
 *
 * Runs under the feed's lock, so that the person is neither erased nor merged meanwhile.
 * @throws KithError NOT_FOUND
 */
export function correctEvent(
  db: Database,
  id: string,
  { personId, by }: { personId: number | null; by: Corrector },
): Promise<EventDetails> {
  return withFeed(db, async (tx) => {
    if (personId !== null) await requirePerson(tx, personId);
    const event = await lockEvent(tx, id);
    const newest = await newestStanding(tx, id);
    const confirms = isKnown(event) === (personId !== null) && event.personId === personId;
    if (confirms && newest?.byKind === by.kind && newest.byId === by.id) return readEvent(tx, id);
    const faceId = confirms ? event.faceId : await faceOf(tx, event, personId);
    await tx.insert(eventCorrections).values({
      eventId: id,
      byKind: by.kind,
      byId: by.id,
      byName: by.name,
      wasKnown: isKnown(event),
      wasPersonId: event.personId,
      wasFaceId: event.faceId,
      known: personId !== null,
      personId,
      faceId,
      confirms,
    });
    if (!confirms) await change(tx, event, { personId, faceId, corrected: true, takenBack: false });
    return readEvent(tx, id);
  });
}

/**
 * Takes back the newest correction of a recognition, which then shows who it showed before. Repeating this changes nothing.
 * @throws KithError NOT_FOUND; CONFLICT if the correction is not the newest, or if the earlier person has been erased
 */
export function takeBackCorrection(
  db: Database,
  id: string,
  { correctionId, by }: { correctionId: number; by: Corrector },
): Promise<EventDetails> {
  return withFeed(db, async (tx) => {
    const event = await lockEvent(tx, id);
    const [correction] = await tx
      .select()
      .from(eventCorrections)
      .where(and(eq(eventCorrections.id, correctionId), eq(eventCorrections.eventId, id)));
    if (!correction) throw new KithError('NOT_FOUND', `There is no correction ${correctionId} of this event.`);
    if (correction.takenBackAt !== null) return readEvent(tx, id);
    if ((await newestStanding(tx, id))?.id !== correctionId) {
      throw new KithError('CONFLICT', 'Only the newest correction can be taken back. Take back the later one first.');
    }
    if (!correction.confirms && wasErased(correction)) {
      throw new KithError('CONFLICT', 'The person it was before has been erased.');
    }
    await tx
      .update(eventCorrections)
      .set({ takenBackAt: new Date(), takenBackBy: by.name })
      .where(eq(eventCorrections.id, correctionId));
    if (!correction.confirms) {
      const before = await newestStanding(tx, id, { changing: true });
      const { wasPersonId: personId, wasFaceId: faceId } = correction;
      await change(tx, event, { personId, faceId, corrected: before !== undefined, takenBack: true });
    }
    return readEvent(tx, id);
  });
}

const isKnown = ({ faceId, personId }: Pick<RecordedEvent, 'faceId' | 'personId'>) =>
  faceId !== null || personId !== null;

async function lockEvent(tx: Database, id: string): Promise<RecordedEvent> {
  const [event] = await tx.select().from(events).where(eq(events.id, id)).for('update');
  if (!event) throw noSuchEvent(id);
  return event;
}

async function newestStanding(
  tx: Database,
  id: string,
  { changing = false }: { changing?: boolean } = {},
): Promise<EventCorrection | undefined> {
  const [newest] = await tx
    .select()
    .from(eventCorrections)
    .where(
      and(
        eq(eventCorrections.eventId, id),
        isNull(eventCorrections.takenBackAt),
        changing ? eq(eventCorrections.confirms, false) : undefined,
      ),
    )
    .orderBy(desc(eventCorrections.id))
    .limit(1);
  return newest;
}

/** Returns the sample of the person among the candidates; null if there is none. */
async function faceOf(tx: Database, event: RecordedEvent, personId: number | null): Promise<number | null> {
  if (personId === null) return null;
  const faceIds = event.candidates.map(({ faceId }) => faceId);
  const owners = await ownersOfSamples(tx, faceIds);
  return faceIds.find((faceId) => owners.get(faceId)?.id === personId) ?? null;
}

/** Whether the earlier person has been erased, together with the sample. An unassigned sample remains. */
const wasErased = ({ wasKnown, wasPersonId, wasFaceId }: EventCorrection) =>
  wasKnown && wasPersonId === null && wasFaceId === null;

async function change(
  tx: Database,
  event: RecordedEvent,
  { takenBack, ...is }: { personId: number | null; faceId: number | null; corrected: boolean; takenBack: boolean },
): Promise<void> {
  const [changed] = await tx.update(events).set(is).where(eq(events.id, event.id)).returning();
  if (!changed) throw noSuchEvent(event.id);
  await announce(tx, [correctedAnnouncement(changed, { was: event.personId, takenBack, at: new Date() })]);
}
