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

/** A device's clock that is late by less is taken as right: a slow connection explains it. */
const CLOCK_TOLERANCE_MS = 30_000;

/** A recognition as a device hands it in. */
export interface NewEvent {
  id: string;
  at: Date;
  faceId: number | null;
  personId: number | null;
  trust: number;
  liveness: RecordedEvent['liveness'];
  /** Lineage of the feed that both ids are from; missing from devices of an earlier version. */
  lineage?: string | undefined;
  /** Where the face was seen, as the sender names it. */
  source?: string | null | undefined;
  /** Who it may be, nearest first. Default: nobody. */
  candidates?: StoredCandidate[];
}

export interface Recorded {
  accepted: number;
  duplicates: number;
  rejected: { id: string; reason: string }[];
}

/**
 * Keeps each recognition once. Its time is the device's, moved by what `sentAt` shows the clock to be wrong, and bounded by
 * the device's beginning and by now: a clock that was set meanwhile, or never, puts nothing into the future.
 *
 * A device that matches by an older rule than the server is given a threshold that nobody reaches, and takes everybody for
 * unknown: what it calls unknown from then on is rejected.
 *
 * Whom a recognition shows is decided by the sample that matched, as it stands now: a person merged since is found under
 * the new id, and one erased since is not brought back. A sample that a restore lost was not erased: its recognition is
 * kept with the id, which no other sample is given, and without a person. All in one transaction with what the hooks write.
 *
 * To a sender that is limited to groups, whoever is outside of them counts as gone. Somebody who has left a group may still
 * be named: the recognition may have waited in the queue of a device since before.
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
  // Sent later than received: that clock is ahead, however little.
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
        rejected.push({ id, reason: 'This device must be updated: it takes everybody for unknown.' });
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
 * When a device began to exist, before which nothing was seen, and since when it is outdated; Unix milliseconds. What a key
 * hands in may be of any time past.
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
 * Looks up whose the samples are now, and locks the people against being erased before the recognitions stand.
 * @returns whom a recognition shows, and whether the sender may name a sample: one outside its groups it may not
 */
async function currentPeople(tx: Database, given: NewEvent[], groups: readonly number[] | null) {
  const faceIds = given.flatMap(({ faceId }) => faceId ?? []);
  // Candidates are only kept from a sender that is limited to groups.
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

/** Whose samples are, by their ids; null: nobody's. `outside`: those that are there and that the groups do not reach. */
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

/** True of a sample that a sender with this limit has, or may have had. */
const isReportableSample = (groups: readonly number[]): SQL | undefined =>
  or(isNotNull(samples.leftAt), inGroups(samples.personId, groups));

/** The same of a person. */
const isReportable = (groups: readonly number[]): SQL | undefined =>
  or(
    inGroups(people.id, groups),
    sql`exists (select from ${samples} where ${samples.personId} = ${people.id} and ${samples.leftAt} is not null)`,
  );

/** Tells whether a sample is of a lineage that is past, and neither here nor erased here. */
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
