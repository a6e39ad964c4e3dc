import { inArray } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { events, people, type RecordedEvent, samples } from '@/db/schema';
import { RECORDED_HOOKS } from './hooks';

/** A device's clock that differs by less is taken as right: a slow connection explains it. */
const CLOCK_TOLERANCE_MS = 30_000;

/** A recognition as a device hands it in. */
export interface NewEvent {
  id: string;
  at: Date;
  faceId: number | null;
  personId: number | null;
  trust: number;
  liveness: RecordedEvent['liveness'];
}

export interface Recorded {
  accepted: number;
  duplicates: number;
  rejected: { id: string; reason: string }[];
}

/**
 * Keeps each recognition once. Whom a recognition shows is decided by the sample that matched, as it stands now: a
 * person merged since is found under the new id, and one erased since is not brought back. All in one transaction
 * with what the hooks write.
 */
export function recordEvents(
  db: Database,
  given: { deviceId: number | null; events: NewEvent[]; sentAt?: Date | undefined; now?: Date },
): Promise<Recorded> {
  const now = given.now ?? new Date();
  const skew = given.sentAt ? now.getTime() - given.sentAt.getTime() : 0;
  const correction = Math.abs(skew) > CLOCK_TOLERANCE_MS ? skew : 0;
  return db.transaction(async (tx) => {
    const personOf = await currentPeople(tx, given.events);
    const rejected: Recorded['rejected'] = [];
    const rows = [];
    for (const { id, at, faceId, personId, trust, liveness } of given.events) {
      const current = personOf({ faceId, personId });
      if (current === 'gone') {
        rejected.push({ id, reason: 'The person has been erased.' });
        continue;
      }
      const row = {
        id,
        deviceAt: at,
        at: new Date(at.getTime() + correction),
        receivedAt: now,
        faceId,
        trust,
        liveness,
      };
      rows.push({ ...row, deviceId: given.deviceId, personId: current });
    }
    const kept = rows.length === 0 ? [] : await tx.insert(events).values(rows).onConflictDoNothing().returning();
    if (kept.length > 0) for (const hook of RECORDED_HOOKS) await hook(tx, kept);
    return { accepted: kept.length, duplicates: rows.length - kept.length, rejected };
  });
}

/** Looks up whose the samples are now, and locks the people against being erased before the recognitions stand. */
async function currentPeople(tx: Database, given: NewEvent[]) {
  const faceIds = given.flatMap(({ faceId }) => faceId ?? []);
  const owners = new Map<number, number | null>();
  if (faceIds.length > 0) {
    const found = await tx
      .select({ id: samples.id, personId: samples.personId })
      .from(samples)
      .where(inArray(samples.id, faceIds));
    for (const { id, personId } of found) owners.set(id, personId);
  }
  const wanted = [...owners.values(), ...given.map(({ personId }) => personId)].filter((id) => id !== null);
  const present = new Set<number>();
  if (wanted.length > 0) {
    const found = await tx
      .select({ id: people.id })
      .from(people)
      .where(
        inArray(
          people.id,
          [...new Set(wanted)].sort((a, b) => a - b),
        ),
      )
      .orderBy(people.id)
      .for('key share');
    for (const { id } of found) present.add(id);
  }
  return ({ faceId, personId }: { faceId: number | null; personId: number | null }): number | null | 'gone' => {
    if (faceId === null && personId === null) return null;
    const owner = faceId === null ? undefined : owners.get(faceId);
    if (owner === null) return null;
    if (owner !== undefined && present.has(owner)) return owner;
    return personId !== null && present.has(personId) ? personId : 'gone';
  };
}
