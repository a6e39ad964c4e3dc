import { and, asc, eq, gt, inArray, notInArray } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { devices, eventCorrections, events, settings, tombstones, webhooks } from '@/db/schema';
import { limitsOf } from '@/lib/server/access/groupLimit';
import type { RecordOf } from '@/lib/shared/transfer/format';
import { groupBy } from '@/lib/shared/util/groupBy';
import { NO_SETTINGS } from '../serverId';
import { PAGE, pages, utc, utcOrNull } from './pages';

/** Less than the id of any recognition. */
const FIRST_UUID = '00000000-0000-0000-0000-000000000000';

/** Yields the settings that were changed in the console. */
export async function* settingLines(tx: Database): AsyncGenerator<RecordOf<'setting'>> {
  const rows = await tx
    .select({ name: settings.name, value: settings.value, updated_at: utc(settings.updatedAt) })
    .from(settings)
    .where(notInArray(settings.name, NO_SETTINGS))
    .orderBy(asc(settings.name));
  for (const { value, ...row } of rows) {
    yield { type: 'setting', ...row, value: value as RecordOf<'setting'>['value'] };
  }
}

/** Yields webhooks without their signing secrets and logs. */
export async function* webhookLines(tx: Database): AsyncGenerator<RecordOf<'webhook'>> {
  const rows = await tx
    .select({
      url: webhooks.url,
      events: webhooks.events,
      include_names: webhooks.includeNames,
      created_at: utc(webhooks.createdAt),
    })
    .from(webhooks)
    .orderBy(asc(webhooks.id));
  for (const row of rows) yield { type: 'webhook', ...row };
}

/** Yields devices without tokens and pairing codes. */
export async function* deviceLines(tx: Database): AsyncGenerator<RecordOf<'device'>> {
  const read = (after: number) =>
    tx
      .select({
        device_id: devices.id,
        name: devices.name,
        allow_enrolment: devices.allowEnrolment,
        liveness: devices.liveness,
        paired_at: utcOrNull(devices.pairedAt),
        last_contact_at: utcOrNull(devices.lastContactAt),
        gallery_version: devices.galleryVersion,
        gallery_faces: devices.galleryFaces,
        waiting_events: devices.waitingEvents,
        app_version: devices.appVersion,
        created_at: utc(devices.createdAt),
        revoked_at: utcOrNull(devices.revokedAt),
        groupIds: devices.groupIds,
      })
      .from(devices)
      .where(gt(devices.id, after))
      .orderBy(asc(devices.id))
      .limit(PAGE);
  for await (const rows of pages({ start: 0, read, cursorOf: (row) => row.device_id })) {
    const limitOf = await limitsOf(tx, rows);
    for (const { groupIds, ...row } of rows) {
      yield { type: 'device', ...row, groups: limitOf({ groupIds })?.map(({ name }) => name) ?? null };
    }
  }
}

/** Yields the ids of deleted samples, which are never assigned again. */
export async function* tombstoneLines(tx: Database): AsyncGenerator<RecordOf<'tombstone'>> {
  const read = (after: number) =>
    tx
      .select({ face_id: tombstones.faceId, updated_at: tombstones.updatedAt })
      .from(tombstones)
      .where(gt(tombstones.faceId, after))
      .orderBy(asc(tombstones.faceId))
      .limit(PAGE);
  for await (const rows of pages({ start: 0, read, cursorOf: (row) => row.face_id })) {
    for (const row of rows) yield { type: 'tombstone', ...row };
  }
}

/** Yields recognitions. */
export async function* eventLines(tx: Database, personId: number | undefined): AsyncGenerator<RecordOf<'event'>> {
  const read = (after: string) =>
    tx
      .select({
        id: events.id,
        device_id: events.deviceId,
        at: utc(events.at),
        device_at: utc(events.deviceAt),
        received_at: utc(events.receivedAt),
        face_id: events.faceId,
        person_id: events.personId,
        trust: events.trust,
        liveness: events.liveness,
        clock: events.clock,
        source: events.source,
        corrected: events.corrected,
        candidates: events.candidates,
      })
      .from(events)
      .where(and(gt(events.id, after), personId === undefined ? undefined : eq(events.personId, personId)))
      .orderBy(asc(events.id))
      .limit(PAGE);
  for await (const rows of pages({ start: FIRST_UUID, read, cursorOf: (row) => row.id })) {
    // Other candidates and corrections are about other people.
    const corrections =
      personId === undefined ? await correctionsOf(tx, rows) : new Map<string, RecordOf<'event'>['corrections']>();
    for (const { candidates, ...row } of rows) {
      yield {
        type: 'event',
        ...row,
        candidates:
          personId === undefined
            ? candidates.map(({ faceId, trust, distance }) => ({ face_id: faceId, trust, distance }))
            : [],
        corrections: corrections.get(row.id) ?? [],
      };
    }
  }
}

/** Returns the corrections of some recognitions, oldest first, by the recognitions' ids. */
async function correctionsOf(
  tx: Database,
  page: { id: string }[],
): Promise<Map<string, RecordOf<'event'>['corrections']>> {
  const ids = page.map(({ id }) => id);
  const rows = await tx
    .select({
      eventId: eventCorrections.eventId,
      at: utc(eventCorrections.at),
      by_kind: eventCorrections.byKind,
      by_id: eventCorrections.byId,
      by_name: eventCorrections.byName,
      was_known: eventCorrections.wasKnown,
      was_person_id: eventCorrections.wasPersonId,
      was_face_id: eventCorrections.wasFaceId,
      known: eventCorrections.known,
      person_id: eventCorrections.personId,
      face_id: eventCorrections.faceId,
      confirms: eventCorrections.confirms,
      taken_back_at: utcOrNull(eventCorrections.takenBackAt),
      taken_back_by: eventCorrections.takenBackBy,
    })
    .from(eventCorrections)
    .where(inArray(eventCorrections.eventId, ids))
    .orderBy(asc(eventCorrections.id));
  const byEvent = groupBy(rows, ({ eventId }) => eventId);
  return new Map([...byEvent].map(([eventId, of]) => [eventId, of.map(({ eventId: _, ...row }) => row)]));
}
