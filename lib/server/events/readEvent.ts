import { asc, eq } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Database } from '@/db/client';
import { eventCorrections, events, people } from '@/db/schema';
import { personSummary } from '@/lib/server/people/personAnswer';
import { ownersOfSamples } from '@/lib/server/people/samples/store';
import { getPeople } from '@/lib/server/people/store';
import { KithError } from '@/lib/shared/contract/errors';
import type { EventDetails } from '@/lib/shared/contract/events';
import { eventAnswer, selectEvents } from './selectEvents';

/**
 * Returns a recognition with its candidates and corrections.
 * @throws KithError NOT_FOUND
 */
export async function readEvent(db: Database, id: string): Promise<EventDetails> {
  const [selected] = await selectEvents(db).where(eq(events.id, id));
  if (!selected) throw noSuchEvent(id);
  const { event } = selected;
  // Erased samples are left out. A moved sample is shown with the person it belongs to now.
  const owners = await ownersOfSamples(
    db,
    event.candidates.map(({ faceId }) => faceId),
  );
  const ids = [event.personId, ...[...owners.values()].map((owner) => owner?.id ?? null)];
  const shown = await getPeople(
    db,
    ids.filter((personId) => personId !== null),
  );
  const bestOf = (personId: number | null | undefined) => shown.get(personId ?? 0)?.bestFaceId ?? null;
  return {
    ...eventAnswer(selected),
    device_at: event.deviceAt.toISOString(),
    best_face_id: bestOf(event.personId),
    candidates: event.candidates.flatMap(({ faceId, trust, distance }) => {
      const person = owners.get(faceId);
      if (person === undefined) return [];
      return [{ face_id: faceId, person: personSummary(person), best_face_id: bestOf(person?.id), trust, distance }];
    }),
    corrections: await correctionsOf(db, id),
  };
}

export const noSuchEvent = (id: string) => new KithError('NOT_FOUND', `There is no event ${id}.`);

async function correctionsOf(db: Database, eventId: string): Promise<EventDetails['corrections']> {
  const was = alias(people, 'was');
  const rows = await db
    .select({
      correction: eventCorrections,
      is: { id: people.id, externalId: people.externalId, name: people.name },
      was: { id: was.id, externalId: was.externalId, name: was.name },
    })
    .from(eventCorrections)
    .leftJoin(people, eq(people.id, eventCorrections.personId))
    .leftJoin(was, eq(was.id, eventCorrections.wasPersonId))
    .where(eq(eventCorrections.eventId, eventId))
    .orderBy(asc(eventCorrections.id));
  return rows.map(({ correction, is, was }) => ({
    correction_id: correction.id,
    at: correction.at.toISOString(),
    by: { kind: correction.byKind, name: correction.byName },
    confirms: correction.confirms,
    was: { known: correction.wasKnown, person: personSummary(was), face_id: correction.wasFaceId },
    is: { known: correction.known, person: personSummary(is), face_id: correction.faceId },
    taken_back_at: correction.takenBackAt?.toISOString() ?? null,
    taken_back_by: correction.takenBackBy,
  }));
}
