import { inArray } from 'drizzle-orm';
import { devices, eventCorrections, events, people, samples, settings, tombstones, webhooks } from '@/db/schema';
import { makeMissing } from '@/lib/server/people/groups/groupsNamed';
import { makeSecret } from '@/lib/server/webhooks/sign';
import { settings as settingsSchema } from '@/lib/shared/contract/settings';
import { LARGEST_KEPT_ID, type RecordOf } from '@/lib/shared/transfer/format';
import { utc } from '../export/pages';
import { givenIds, type ImportStep, instant, instantOrNull, newIds, noteChangedId, raiseSequence } from './run';

/** Corrections per statement. A statement has 65,535 parameters at most. */
const CORRECTIONS_AT_ONCE = 1_000;

/** Imports settings that were never changed here. Settings changed here stay; unknown settings are skipped. */
export async function importSettings(
  { tx, report }: ImportStep,
  records: readonly RecordOf<'setting'>[],
): Promise<void> {
  const known = records.filter(
    ({ name, value }) =>
      Object.hasOwn(settingsSchema.shape, name) && settingsSchema.partial().safeParse({ [name]: value }).success,
  );
  report.settings.left_out += records.length - known.length;
  if (known.length === 0) return;
  const added = await tx
    .insert(settings)
    .values(known.map(({ name, value, updated_at }) => ({ name, value, updatedAt: instant(updated_at ?? 'now') })))
    .onConflictDoNothing()
    .returning({ name: settings.name });
  report.settings.added += added.length;
  report.settings.present += known.length - added.length;
}

/**
 * Imports webhooks whose URL does not exist here yet. The file has no secrets, so each gets a new one. It is disabled
 * until somebody has given the secret to the receiver and enables it.
 */
export async function importWebhooks(
  { tx, report }: ImportStep,
  records: readonly RecordOf<'webhook'>[],
): Promise<void> {
  const urls = records.map(({ url }) => url);
  const here = await tx.select({ url: webhooks.url }).from(webhooks).where(inArray(webhooks.url, urls));
  const taken = new Set(here.map(({ url }) => url));
  for (const { url, events, include_names: includeNames, created_at } of records) {
    if (taken.has(url)) {
      report.webhooks.present++;
      continue;
    }
    taken.add(url);
    const secret = makeSecret();
    const createdAt = instant(created_at ?? 'now');
    await tx.insert(webhooks).values({ url, events, includeNames, secret, active: false, createdAt });
    report.webhooks.added++;
  }
}

/**
 * Imports devices, because recognitions refer to them. The file has no tokens, so each device is revoked here and must
 * be paired again.
 */
export async function importDevices(step: ImportStep, records: readonly RecordOf<'device'>[]): Promise<void> {
  const { tx, ids, own, restoreDeleted, report } = step;
  const keyOf = (record: RecordOf<'device'>) => String(record.device_id);
  const known = await ids.find('device', records.map(keyOf));
  const wanted = [...known.values(), ...records.map(({ device_id }) => device_id)];
  const rows = await tx
    .select({ id: devices.id, createdAt: utc(devices.createdAt) })
    .from(devices)
    .where(inArray(devices.id, wanted));
  const here = new Map(rows.map(({ id, createdAt }) => [id, createdAt]));
  const places = new Map<string, number>();
  const wasGiven = await givenIds(tx, 'device');
  for (const { type: _, device_id, ...record } of records) {
    const before = known.get(String(device_id));
    const itself = own && here.get(device_id) === record.created_at ? device_id : undefined;
    const present = before !== undefined && here.has(before) ? before : itself;
    if (present !== undefined) {
      report.devices.present++;
      places.set(String(device_id), present);
      continue;
    }
    if ((before !== undefined || (own && wasGiven(device_id))) && !restoreDeleted) {
      report.devices.left_out++;
      continue;
    }
    const free = device_id <= LARGEST_KEPT_ID && !here.has(device_id);
    const id = free ? device_id : ((await newIds(tx, 'device', 1))[0] as number);
    noteChangedId(report, 'device', device_id, id);
    places.set(String(device_id), id);
    const limits = record.groups && [...(await makeMissing(tx, record.groups)).values()];
    await tx
      .insert(devices)
      .overridingSystemValue()
      .values({
        id,
        name: record.name,
        allowEnrolment: record.allow_enrolment,
        liveness: record.liveness,
        pairedAt: instantOrNull(record.paired_at),
        lastContactAt: instantOrNull(record.last_contact_at),
        galleryVersion: record.gallery_version,
        galleryFaces: record.gallery_faces,
        waitingEvents: record.waiting_events,
        appVersion: record.app_version,
        groupIds: limits && [...new Set(limits)],
        createdAt: instant(record.created_at),
        revokedAt: instant(record.revoked_at ?? 'now'),
      });
    await raiseSequence(tx, 'device', id);
    report.devices.added++;
  }
  await ids.remember('device', places);
}

/** Imports ids of deleted samples. They are never assigned here either, and readers that still have them are told. */
export async function importTombstones(
  { tx, ids, numbers, report }: ImportStep,
  records: readonly RecordOf<'tombstone'>[],
): Promise<void> {
  const faceIds = [...new Set(records.map(({ face_id }) => face_id))];
  const known = await ids.find('sample', faceIds.map(String));
  const dead = await tx.select({ id: tombstones.faceId }).from(tombstones).where(inArray(tombstones.faceId, faceIds));
  const alive = await tx.select({ id: samples.id }).from(samples).where(inArray(samples.id, faceIds));
  const isDead = new Set(dead.map(({ id }) => id));
  const isAlive = new Set(alive.map(({ id }) => id));
  const added: number[] = [];
  for (const faceId of faceIds) {
    if (known.has(String(faceId)) || isDead.has(faceId)) report.tombstones.present++;
    // The id belongs to another sample here, or no server can have assigned it.
    else if (isAlive.has(faceId) || faceId > LARGEST_KEPT_ID) report.tombstones.left_out++;
    else added.push(faceId);
  }
  if (added.length === 0) return;
  const updatedAt = numbers.take(added.length);
  await tx.insert(tombstones).values(added.map((faceId, index) => ({ faceId, updatedAt: updatedAt[index] as number })));
  await raiseSequence(tx, 'sample', Math.max(...added));
  await ids.remember('sample', new Map(added.map((faceId) => [String(faceId), faceId])));
  report.tombstones.added += added.length;
}

/** Imports recognitions, each id once. A recognition of a person who was deleted here is skipped. */
export async function importEvents(
  { tx, ids, report }: ImportStep,
  records: readonly RecordOf<'event'>[],
): Promise<void> {
  const keys = (of: 'person_id' | 'face_id' | 'device_id') =>
    records.flatMap((record) => (record[of] === null ? [] : [String(record[of])]));
  const said = records.flatMap(({ corrections }) => corrections);
  const some = (given: (number | null)[]) => given.flatMap((one) => (one === null ? [] : [String(one)]));
  const persons = await ids.find('person', [
    ...keys('person_id'),
    ...some(said.flatMap(({ person_id, was_person_id }) => [person_id, was_person_id])),
  ]);
  const faces = await ids.find('sample', [
    ...keys('face_id'),
    ...some(records.flatMap(({ candidates }) => candidates.map(({ face_id }) => face_id))),
    ...some(said.flatMap(({ face_id, was_face_id }) => [face_id, was_face_id])),
  ]);
  const places = await ids.find('device', keys('device_id'));
  const idsOf = (rows: { id: number }[]) => new Set(rows.map(({ id }) => id));
  const alive = idsOf(
    await tx
      .select({ id: people.id })
      .from(people)
      .where(inArray(people.id, [...persons.values()])),
  );
  const paired = idsOf(
    await tx
      .select({ id: devices.id })
      .from(devices)
      .where(inArray(devices.id, [...places.values()])),
  );
  const rows = records.flatMap((record) => {
    const personId = record.person_id === null ? null : (persons.get(String(record.person_id)) ?? 0);
    if (personId !== null && !alive.has(personId)) return [];
    const deviceId = places.get(String(record.device_id)) ?? 0;
    return [
      {
        id: record.id,
        deviceId: paired.has(deviceId) ? deviceId : null,
        at: instant(record.at),
        deviceAt: instant(record.device_at),
        receivedAt: instant(record.received_at),
        faceId: faces.get(String(record.face_id)) ?? null,
        personId,
        trust: record.trust,
        liveness: record.liveness,
        clock: record.clock,
        source: record.source,
        corrected: record.corrected,
        candidates: record.candidates.flatMap(({ face_id, trust, distance }) => {
          const faceId = faces.get(String(face_id));
          return faceId === undefined ? [] : [{ faceId, trust, distance }];
        }),
      },
    ];
  });
  report.events.left_out += records.length - rows.length;
  if (rows.length === 0) return;
  const added = await tx.insert(events).values(rows).onConflictDoNothing().returning({ id: events.id });
  report.events.added += added.length;
  report.events.present += rows.length - added.length;
  // Existing recognitions keep their corrections here.
  const isNew = new Set(added.map(({ id }) => id));
  const personHere = (id: number | null) => {
    const here = persons.get(String(id));
    return here !== undefined && alive.has(here) ? here : null;
  };
  const corrections = records
    .filter(({ id }) => isNew.has(id))
    .flatMap(({ id: eventId, corrections }) =>
      corrections.map((one) => ({
        eventId,
        at: instant(one.at),
        byKind: one.by_kind,
        byId: one.by_id,
        byName: one.by_name,
        wasKnown: one.was_known,
        wasPersonId: personHere(one.was_person_id),
        wasFaceId: faces.get(String(one.was_face_id)) ?? null,
        known: one.known,
        personId: personHere(one.person_id),
        faceId: faces.get(String(one.face_id)) ?? null,
        confirms: one.confirms,
        takenBackAt: instantOrNull(one.taken_back_at),
        takenBackBy: one.taken_back_by,
      })),
    );
  for (let start = 0; start < corrections.length; start += CORRECTIONS_AT_ONCE) {
    await tx.insert(eventCorrections).values(corrections.slice(start, start + CORRECTIONS_AT_ONCE));
  }
}
