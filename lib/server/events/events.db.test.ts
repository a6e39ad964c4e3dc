import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { devices, events, feed, people, samples, settings } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { createDevice, noteContact, pairDevice } from '@/lib/server/access/devices/store';
import { beginLineage } from '@/lib/server/feed/beginLineage';
import { listGroups } from '@/lib/server/people/groups/store';
import { createSample, deleteSample } from '@/lib/server/people/samples/store';
import { createPerson, deletePerson, mergePeople, updatePerson } from '@/lib/server/people/store';
import { applyRetention } from '@/lib/server/start/retention';
import { MODEL_ID } from '@/lib/shared/vision/types';
import { CSV_HEADER, eventLine } from './csv';
import { eraseOldEvents } from './eraseOldEvents';
import { allEvents, listEvents } from './listEvents';
import { type NewEvent, recordEvents } from './recordEvents';

/** Before everything that is seen here. */
const PAIRED_AT = new Date('2018-01-01T00:00:00Z');

describeOnEachDatabase('recognitions', (database) => {
  let deviceId: number;
  beforeAll(async () => {
    const { pairingCode } = await createDevice(database(), { name: 'Gate', allowEnrolment: false });
    deviceId = (await pairDevice(database(), { pairingCode })).device.id;
    await database().update(devices).set({ createdAt: PAIRED_AT });
  });

  const event = (fields: Partial<NewEvent> = {}): NewEvent => ({
    id: randomUUID(),
    at: new Date('2026-05-01T08:00:00Z'),
    faceId: null,
    personId: null,
    trust: 80,
    liveness: 'off',
    ...fields,
  });

  async function enrol(personId: number | null): Promise<number> {
    const sample = await createSample(database(), {
      encoding: new Float32Array(128).fill(0.1),
      model: MODEL_ID,
      position: { top: 0, left: 0, bottom: 10, right: 10 },
      quality: { score: 1, size: 60, sharpness: 1, presence: 1, pose: { yaw: 0, pitch: 0, roll: 0 } },
      uniqueArgs: {},
      ...(personId !== null && { personId }),
    });
    return sample.faceId;
  }

  const record = (events: NewEvent[], more: { sentAt?: Date; now?: Date } = {}) =>
    recordEvents(database(), { deviceId, events, ...more });
  const of = async (personId: number) => (await listEvents(database(), { personId, limit: 50 })).events;

  test('each id is kept once, however often and however mixed it comes', async () => {
    const [a, b, c] = [event(), event(), event()];
    expect(await record([a, b, a])).toEqual({ accepted: 2, duplicates: 1, rejected: [] });
    expect(await record([b, c])).toEqual({ accepted: 1, duplicates: 1, rejected: [] });
    const together = await Promise.all(Array.from({ length: 6 }, () => record([a, b, c])));
    expect(together.every(({ accepted, duplicates }) => accepted === 0 && duplicates === 3)).toBe(true);
  });

  test('one of a lineage that is past is kept, and never listed as somebody else', async () => {
    const db = database();
    const [{ lineage: past = '' } = {}] = await db.select().from(feed);
    const bob = await createPerson(db, { name: 'Bob' });
    const face = await enrol(bob.id);
    const kept = await enrol((await createPerson(db, { name: 'Dora' })).id);
    // As a restore of a backup from before Bob: his rows are gone, and nothing says so.
    await db.delete(samples).where(eq(samples.id, face));
    await db.delete(people).where(eq(people.id, bob.id));
    await beginLineage(db, { since: new Date() });
    const carol = await createPerson(db, { name: 'Carol' });
    const hers = await enrol(carol.id);
    expect(hers).toBeGreaterThan(face + 999_999);

    const ofBob = event({ faceId: face, personId: bob.id, lineage: past });
    const ofDora = event({ faceId: kept, lineage: past });
    const now = event({ faceId: hers, personId: carol.id });
    expect(await record([ofBob, ofDora, now])).toEqual({ accepted: 3, duplicates: 0, rejected: [] });
    expect((await of(carol.id)).map(({ id }) => id)).toEqual([now.id]);
    const listed = (await listEvents(db, { limit: 200 })).events.filter(({ id }) => id === ofBob.id);
    expect(listed).toMatchObject([{ person: null, face_id: face }]);

    // Without a lineage, or of this one, nothing tells it from somebody who was erased.
    const unsaid = event({ faceId: face, personId: bob.id });
    const [{ lineage = '' } = {}] = await db.select().from(feed);
    const ofNow = event({ faceId: face, personId: bob.id, lineage });
    await deleteSample(db, kept);
    const erased = event({ faceId: kept, lineage: past });
    expect((await record([unsaid, ofNow, erased])).rejected.map(({ id }) => id)).toEqual([
      unsaid.id,
      ofNow.id,
      erased.id,
    ]);
  });

  test('to a device that is limited to groups, whoever is outside is gone; who left may still be reported', async () => {
    const db = database();
    const ada = await createPerson(db, { name: 'Ada', groups: ['In'] });
    const bob = await createPerson(db, { name: 'Bob', groups: ['Out'] });
    const [hers, his, nobodys] = [await enrol(ada.id), await enrol(bob.id), await enrol(null)];
    const [group] = await listGroups(db, { search: 'In', caller: { id: null, onlyOwn: false } });
    const limited = (events: NewEvent[]) => recordEvents(db, { deviceId, groups: [group?.id ?? 0], events });
    const candidates = [hers, his].map((faceId) => ({ faceId, trust: 60, distance: 0.5 }));
    const inside = event({ faceId: hers, personId: ada.id, candidates });
    const unknown = event();
    const gone = event({ faceId: 987_654_321, personId: 987_654_321 });
    const outside = [
      event({ faceId: his, personId: bob.id }),
      event({ faceId: his }),
      event({ personId: bob.id }),
      event({ faceId: nobodys }),
    ];
    const told = await limited([inside, unknown, gone, ...outside]);
    expect(told.accepted).toBe(2);
    expect(told.rejected).toEqual([gone, ...outside].map(({ id }) => ({ id, reason: 'The person has been erased.' })));
    expect(await of(bob.id)).toEqual([]);
    const [kept] = await db.select().from(events).where(eq(events.id, inside.id));
    expect(kept?.candidates.map(({ faceId }) => faceId)).toEqual([hers]);
    // By a lineage that is past, an id outside cannot be told from one that a restore lost.
    const lineage = randomUUID();
    const lost = [event({ faceId: his, lineage }), event({ faceId: 987_654_321, lineage })];
    expect((await limited(lost)).accepted).toBe(2);
    const all = (await listEvents(db, { limit: 200 })).events;
    expect(all.find(({ id }) => id === lost[0]?.id)).toMatchObject({ person: null, face_id: null });
    // Seen while she was in the group, sent after she left it.
    await updatePerson(db, ada.id, { groups: ['Out'] });
    const late = [event({ faceId: hers, personId: ada.id }), event({ personId: ada.id })];
    expect(await limited(late)).toEqual({ accepted: 2, duplicates: 0, rejected: [] });
    expect(await of(ada.id)).toHaveLength(3);
    // Nothing of this is for those without a limit.
    expect((await record([event({ faceId: his }), event({ faceId: nobodys })])).accepted).toBe(2);
    for (const { id } of [ada, bob]) await deletePerson(db, id);
    await deleteSample(db, nobodys);
  });

  test('a device that matches by an older rule takes everybody for unknown: that is not kept, what it saw before is', async () => {
    const report = { galleryVersion: 0, galleryFaces: 0, waitingEvents: 0 };
    const told = new Date('2026-05-01T09:00:00Z');
    await noteContact(database(), deviceId, { ...report, outdated: true, now: told });
    const before = event({ at: new Date('2026-05-01T08:59:59Z') });
    const known = event({ at: told, faceId: await enrol(null) });
    const since = event({ at: told });
    expect(await record([before, known, since])).toEqual({
      accepted: 2,
      duplicates: 0,
      rejected: [{ id: since.id, reason: expect.stringContaining('must be updated') }],
    });
    await noteContact(database(), deviceId, { ...report, outdated: false });
    expect(await record([event({ at: told })])).toMatchObject({ accepted: 1 });
  });

  test('where it was seen is kept as the sender names it, and runs no formulas', async () => {
    const gina = await createPerson(database(), { name: 'Gina' });
    await record([event({ personId: gina.id, source: '=Gate' }), event({ personId: gina.id, trust: 1 })]);
    const kept = await of(gina.id);
    expect(kept.map(({ source }) => source).sort()).toEqual(['=Gate', null]);
    expect(kept.map(eventLine).filter((line) => /,"?'=Gate"?,\r\n$/.test(line))).toHaveLength(1);
  });

  test('a recognition belongs to whom the sample belongs to now', async () => {
    const ada = await createPerson(database(), { name: 'Ada' });
    const twin = await createPerson(database(), { name: 'Ada again' });
    const faceId = await enrol(twin.id);
    await record([event({ faceId, personId: twin.id })]);
    await mergePeople(database(), { from: twin.id, into: ada.id });
    await record([event({ faceId, personId: twin.id })]);
    expect(await of(ada.id)).toHaveLength(2);
  });

  test('erasing a person erases their recognitions, and a late one does not bring them back', async () => {
    const eve = await createPerson(database(), { name: 'Eve' });
    const faceId = await enrol(eve.id);
    const early = event({ faceId, personId: eve.id });
    await record([early]);
    await deletePerson(database(), eve.id);
    const late = event({ faceId, personId: eve.id });
    const stranger = event();
    expect(await record([early, late, stranger])).toEqual({
      accepted: 1,
      duplicates: 0,
      rejected: [early, late].map(({ id }) => ({ id, reason: 'The person has been erased.' })),
    });
    expect(await of(eve.id)).toEqual([]);
  });

  test('a sample deleted meanwhile does not lose the recognition of a person who is still there', async () => {
    const kim = await createPerson(database(), { name: 'Kim' });
    const faceId = await enrol(kim.id);
    await deleteSample(database(), faceId);
    expect((await record([event({ faceId, personId: kim.id })])).accepted).toBe(1);
    expect(await of(kim.id)).toHaveLength(1);
  });

  test('a clock that is wrong is set right, and a slow connection is not mistaken for one', async () => {
    const bob = await createPerson(database(), { name: 'Bob' });
    const now = new Date('2026-06-01T12:00:00Z');
    const slow = event({ personId: bob.id, at: new Date('2026-06-01T11:59:00Z') });
    await record([slow], { sentAt: new Date('2026-06-01T11:59:50Z'), now });
    const wrong = event({ personId: bob.id, at: new Date('1970-01-01T00:01:00Z') });
    await record([wrong], { sentAt: new Date('1970-01-01T00:02:00Z'), now });
    const at = new Map((await of(bob.id)).map((kept) => [kept.id, kept.at]));
    expect(at.get(slow.id)).toBe('2026-06-01T11:59:00.000Z');
    expect(at.get(wrong.id)).toBe('2026-06-01T11:59:00.000Z');
  });

  test('lists are filtered and paged without gaps or repeats', async () => {
    const zoe = await createPerson(database(), { name: 'Zoe' });
    const at = new Date('2025-01-01T00:00:00Z');
    const given = Array.from({ length: 25 }, (_, i) => event({ personId: zoe.id, at: new Date(+at + (i % 5) * 1000) }));
    await record(given);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listEvents(database(), { personId: zoe.id, cursor, limit: 4 });
      seen.push(...page.events.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(new Set(seen)).toEqual(new Set(given.map(({ id }) => id)));
    expect(seen).toHaveLength(25);
    const part = { personId: zoe.id, from: new Date(+at + 1000), to: new Date(+at + 3000), limit: 50 };
    expect((await listEvents(database(), part)).events).toHaveLength(10);
    expect((await listEvents(database(), { personId: zoe.id, known: false, limit: 50 })).events).toEqual([]);
    expect((await listEvents(database(), { deviceId: deviceId + 1, limit: 50 })).events).toEqual([]);
    await expect(listEvents(database(), { cursor: 'x', limit: 1 })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    let exported = 0;
    for await (const page of allEvents(database(), { personId: zoe.id }, 4)) exported += page.length;
    expect(exported).toBe(25);
  });

  test('CSV quotes what needs it and runs no formulas', async () => {
    const mallory = await createPerson(database(), { name: '=HYPERLINK("http://x"), "M"' });
    await record([event({ personId: mallory.id, trust: 87.654 })]);
    const [kept] = await of(mallory.id);
    if (!kept) throw new Error('not kept');
    expect(CSV_HEADER).toMatch(/^id,at,received_at,.*\r\n$/);
    expect(eventLine(kept)).toContain(`,"'=HYPERLINK(""http://x""), ""M""",,87.7,off,,,\r\n`);
  });

  test('old recognitions are erased, young ones stay', async () => {
    const old = await createPerson(database(), { name: 'Old' });
    await record([
      event({ personId: old.id, at: new Date('2020-01-01T00:00:00Z') }),
      event({ personId: old.id, at: new Date('2020-03-01T00:00:00Z') }),
    ]);
    expect(await eraseOldEvents(database(), new Date('2020-02-01T00:00:00Z'))).toBe(1);
    expect(await of(old.id)).toHaveLength(1);
  });

  test('the time of keeping is the administrator’s, three months unless set, and 0 is for ever', async () => {
    const db = database();
    const past = await createPerson(db, { name: 'Past' });
    const now = new Date('2019-06-01T00:00:00Z');
    const old = event({ personId: past.id, at: new Date('2019-02-01T00:00:00Z') });
    const young = event({ personId: past.id, at: new Date('2019-05-20T00:00:00Z') });
    await record([old, young]);
    const set = (value: unknown) =>
      db
        .insert(settings)
        .values({ name: 'event_retention_days', value })
        .onConflictDoUpdate({ target: settings.name, set: { value } });
    await set(0);
    expect(await applyRetention(db, now)).toBe(0);
    await set('nonsense');
    expect(await applyRetention(db, now)).toBe(1);
    expect((await of(past.id)).map(({ id }) => id)).toEqual([young.id]);
    await set(7);
    expect(await applyRetention(db, now)).toBe(1);
  });

  test('no time is later than receipt, or before the device existed', async () => {
    const now = new Date('2026-06-01T12:00:00Z');
    const at = async (fields: Partial<NewEvent>, sentAt?: string) => {
      const { id } = await createPerson(database(), {});
      await record([event({ personId: id, ...fields })], { now, ...(sentAt && { sentAt: new Date(sentAt) }) });
      const [kept] = await of(id);
      return [kept?.at, kept?.clock];
    };
    const seen = (text: string) => ({ at: new Date(text) });
    // Seen by a clock that ran ahead, sent after it was set right; and by one that was never set.
    expect(await at(seen('2027-01-01T00:00:00Z'), '2026-06-01T12:00:00Z')).toEqual(['2026-06-01T12:00:00.000Z', true]);
    expect(await at(seen('9999-12-31T23:59:59Z'))).toEqual(['2026-06-01T12:00:00.000Z', true]);
    expect(await at(seen('1970-01-01T00:00:00Z'))).toEqual([PAIRED_AT.toISOString(), true]);
    // Ahead by seconds, and sent by the same clock: set right, and no guess.
    expect(await at(seen('2026-06-01T12:00:05Z'), '2026-06-01T12:00:07Z')).toEqual(['2026-06-01T11:59:58.000Z', false]);
    expect(await at(seen('2026-06-01T12:00:00Z'))).toEqual(['2026-06-01T12:00:00.000Z', false]);
  });

  test('what a key hands in may be older than any device, but not of the future', async () => {
    const now = new Date('2026-06-01T12:00:00Z');
    const { id } = await createPerson(database(), {});
    const old = event({ personId: id, at: new Date('2001-01-01T00:00:00Z') });
    const early = event({ personId: id, at: new Date('2026-06-02T00:00:00Z') });
    await recordEvents(database(), { deviceId: null, events: [old, early], now });
    expect((await of(id)).map(({ at, clock }) => [at, clock])).toEqual([
      ['2026-06-01T12:00:00.000Z', true],
      ['2001-01-01T00:00:00.000Z', false],
    ]);
  });
});
