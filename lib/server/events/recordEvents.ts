import { and, eq, inArray, isNotNull, or, type SQL, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import {
  devices,
  events,
  feed,
  people,
  type RecordedEvent,
  type StoredCandidate,
  samples,
  tombstones,
} from '@/db/schema';
import { inGroups } from '@/lib/server/feed/inGroups';
import { settle } from '@/lib/server/idempotency/currentKey';
import { announce } from '@/lib/server/webhooks/announce';
import { recordedAnnouncement } from '@/lib/server/webhooks/announcements';

/** A device's clock that is slow by less is not corrected, because a slow connection explains it. */
const CLOCK_TOLERANCE_MS = 30_000;

/** A recognition as a device reports it. */
export interface NewEvent {
  id: string;
  at: Date;
  faceId: number | null;
  personId: number | null;
  trust: number;
  liveness: RecordedEvent['liveness'];
  /** Lineage of the feed that both ids come from. Devices of an earlier version do not send it. */
  lineage?: string | undefined;
  /** Where the face was seen, as named by the sender. */
  source?: string | null | undefined;
  /** The nearest people, nearest first. Default: none. */
  candidates?: StoredCandidate[];
}

export interface Recorded {
  accepted: number;
  duplicates: number;
  rejected: { id: string; reason: string }[];
}

/**
 * Stores each recognition once, in one transaction with its webhook deliveries.
 *
 * Time: the device's time is corrected by the error that `sentAt` shows. It is then limited to the time from the device's
 * creation until now, so that a wrong clock puts nothing into the future.
 *
 * Outdated devices: a device with an older matching rule gets a threshold that nobody reaches, so that it takes everybody
 * for unknown. Unknown faces that it reports from then on are rejected.
 *
 * Person: the current owner of the sample that matched. A merged person is found under the new id; a recognition of an
 * erased person is rejected. A sample that a restore lost was not erased: its recognition is stored without a person, with
 * the sample's id, which no other sample gets.
 *
 * Groups: for a sender that is limited to groups, people outside of them count as erased. People who have left a group may
 * still be named, because the recognition may have waited in a device's queue.
 * @param given.groups ids of the groups that the sender is limited to; null or absent: not limited
 */
export function recordEvents(
  db: Database,
  given: {
    deviceId: number | null;
    groups?: readonly number[] | null;
    events: NewEvent[];
    sentAt?: Date | undefined;
    now?: Date;
  },
): Promise<Recorded> {
  const now = given.now ?? new Date();
  const skew = given.sentAt ? now.getTime() - given.sentAt.getTime() : 0;
  // A negative skew means that the clock is fast, because nothing is received before it is sent.
  const correction = skew < 0 || skew > CLOCK_TOLERANCE_MS ? skew : 0;
  return db.transaction(async (tx) => {
    const { since, outdatedSince } = await factsOf(tx, given.deviceId);
    const { personOf, mayName } = await currentPeople(tx, given.events, given.groups ?? null);
    const rejected: Recorded['rejected'] = [];
    const rows = [];
    for (const event of given.events) {
      const { id, at, faceId, personId, trust, liveness, lineage, source = null, candidates = [] } = event;
      const current = personOf({ faceId, personId, lineage });
      if (current === 'gone') {
        rejected.push({ id, reason: 'The person has been erased.' });
        continue;
      }
      const seen = at.getTime() + correction;
      if (faceId === null && personId === null && seen >= outdatedSince) {
        rejected.push({ id, reason: 'The device must be updated, because it takes everybody for unknown.' });
        continue;
      }
      const bounded = Math.min(Math.max(seen, since), now.getTime());
      const row = {
        id,
        deviceAt: at,
        at: new Date(bounded),
        clock: bounded !== seen,
        receivedAt: now,
        faceId: faceId !== null && mayName(faceId) ? faceId : null,
        trust,
        liveness,
        source,
        candidates: candidates.filter((candidate) => mayName(candidate.faceId)),
      };
      rows.push({ ...row, deviceId: given.deviceId, personId: current });
    }
    const kept = rows.length === 0 ? [] : await tx.insert(events).values(rows).onConflictDoNothing().returning();
    if (kept.length > 0) await announce(tx, kept.map(recordedAnnouncement));
    const recorded = { accepted: kept.length, duplicates: rows.length - kept.length, rejected };
    await settle(tx, recorded);
    return recorded;
  });
}

/**
 * Returns when a device was created, and since when it is outdated, in Unix milliseconds. Without a device, a key may report
 * any time in the past.
 */
async function factsOf(tx: Database, deviceId: number | null): Promise<{ since: number; outdatedSince: number }> {
  const columns = { createdAt: devices.createdAt, outdatedSince: devices.outdatedSince };
  const [device] = deviceId === null ? [] : await tx.select(columns).from(devices).where(eq(devices.id, deviceId));
  return {
    since: device?.createdAt.getTime() ?? Number.NEGATIVE_INFINITY,
    outdatedSince: device?.outdatedSince?.getTime() ?? Number.POSITIVE_INFINITY,
  };
}

/**
 * Looks up the current owners of the samples, and locks these people, so that they are not erased before the recognitions
 * are stored.
 * @returns `personOf`: whom a recognition shows; `mayName`: whether a sample is within the sender's groups
 */
async function currentPeople(tx: Database, given: NewEvent[], groups: readonly number[] | null) {
  const faceIds = given.flatMap(({ faceId }) => faceId ?? []);
  // Candidates are only checked for a sender that is limited to groups.
  const further = groups === null ? [] : given.flatMap(({ candidates = [] }) => candidates.map(({ faceId }) => faceId));
  const { owners, outside } = await ownersOf(tx, [...faceIds, ...further], groups);
  const wanted = [
    ...faceIds.map((faceId) => owners.get(faceId) ?? null),
    ...given.map(({ personId }) => personId),
  ].filter((id) => id !== null);
  const present = new Set<number>();
  if (wanted.length > 0) {
    const found = await tx
      .select({ id: people.id })
      .from(people)
      .where(
        and(
          inArray(
            people.id,
            [...new Set(wanted)].sort((a, b) => a - b),
          ),
          groups === null ? undefined : isReportable(groups),
        ),
      )
      .orderBy(people.id)
      .for('key share');
    for (const { id } of found) present.add(id);
  }
  const isLost = await lostSamples(tx, given, owners);
  const personOf = ({
    faceId,
    personId,
    lineage,
  }: Pick<NewEvent, 'faceId' | 'personId' | 'lineage'>): number | null | 'gone' => {
    if (faceId === null && personId === null) return null;
    const owner = faceId === null ? undefined : owners.get(faceId);
    if (owner === null) return null;
    if (owner !== undefined && present.has(owner)) return owner;
    if (personId !== null && present.has(personId)) return personId;
    return isLost({ faceId, lineage }) ? null : 'gone';
  };
  return { personOf, mayName: (faceId: number): boolean => !outside.has(faceId) };
}

/** Returns the owners of samples by sample id; null: unassigned. `outside`: existing samples outside the groups. */
async function ownersOf(
  tx: Database,
  faceIds: readonly number[],
  groups: readonly number[] | null,
): Promise<{ owners: Map<number, number | null>; outside: Set<number> }> {
  const owners = new Map<number, number | null>();
  const outside = new Set<number>();
  if (faceIds.length === 0) return { owners, outside };
  const found = await tx
    .select({
      id: samples.id,
      personId: samples.personId,
      isInside: groups === null ? sql<boolean>`true` : sql<boolean>`${isReportableSample(groups)}`,
    })
    .from(samples)
    .where(inArray(samples.id, [...new Set(faceIds)]));
  for (const { id, personId, isInside } of found) {
    if (isInside) owners.set(id, personId);
    else outside.add(id);
  }
  return { owners, outside };
}

/** Condition: a sender with this limit has the sample, or may have had it. */
const isReportableSample = (groups: readonly number[]): SQL | undefined =>
  or(isNotNull(samples.leftAt), inGroups(samples.personId, groups));

/** Condition: a sender with this limit has a sample of the person, or may have had one. */
const isReportable = (groups: readonly number[]): SQL | undefined =>
  or(
    inGroups(people.id, groups),
    sql`exists (select from ${samples} where ${samples.personId} = ${people.id} and ${samples.leftAt} is not null)`,
  );

/** Returns a function that tells whether a sample comes from an earlier lineage and neither exists nor was erased here. */
async function lostSamples(tx: Database, given: NewEvent[], present: ReadonlyMap<number, unknown>) {
  const missing = given.filter(({ faceId, lineage }) => lineage && faceId !== null && !present.has(faceId));
  if (missing.length === 0) return () => false;
  const [current] = await tx.select({ lineage: feed.lineage }).from(feed);
  const ids = missing.flatMap(({ faceId }) => faceId ?? []);
  const erased = await tx.select({ faceId: tombstones.faceId }).from(tombstones).where(inArray(tombstones.faceId, ids));
  const gone = new Set(erased.map(({ faceId }) => faceId));
  return ({ faceId, lineage }: Pick<NewEvent, 'faceId' | 'lineage'>): boolean =>
    lineage !== undefined && lineage !== current?.lineage && faceId !== null && !gone.has(faceId);
}
