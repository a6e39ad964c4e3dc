import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { eventCorrections, webhookDeliveries, webhooks } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { recognitionsOf } from '@/lib/server/people/recognitionsOf';
import { createSample, deleteSample, updateSample } from '@/lib/server/people/samples/store';
import { createPerson, deletePerson, mergePeople } from '@/lib/server/people/store';
import { someSample } from '@/lib/server/testing/sample';
import { bodyOf } from '@/lib/server/webhooks/body';
import { correctEvent as correctEventOperation, madeCorrection } from '@/lib/shared/contract/events';
import { correctEvent, takeBackCorrection } from './correctEvent';
import { CSV_HEADER, eventLine } from './csv';
import { listEvents } from './listEvents';
import { readEvent } from './readEvent';
import { recordEvents } from './recordEvents';

const BY = { kind: 'user', id: '4', name: 'guard@example.org' } as const;

describeOnEachDatabase('corrections of recognitions', (database) => {
  async function someone(name: string) {
    const { id } = await createPerson(database(), { name });
    const { faceId } = await createSample(database(), someSample({ personId: id }));
    return { id, faceId };
  }

  /** An event of `shown` now, or of an unknown face, whose candidates are `others`. */
  async function seen(shown: { id: number; faceId: number } | null, others: { faceId: number }[] = []) {
    const id = randomUUID();
    const candidates = others.map(({ faceId }, i) => ({ faceId, trust: 60 - i, distance: 0.5 + i / 10 }));
    const fields = { faceId: shown?.faceId ?? null, personId: shown?.id ?? null, trust: 60, liveness: 'off' } as const;
    await recordEvents(database(), { deviceId: null, events: [{ id, at: new Date(), ...fields, candidates }] });
    return id;
  }

  const idsOf = async (filter: Partial<Parameters<typeof listEvents>[1]>) =>
    (await listEvents(database(), { limit: 200, ...filter })).events.map(({ id }) => id);
  const correct = (id: string, personId: number | null) => correctEvent(database(), id, { personId, by: BY });
  const takeBack = (id: string, correctionId: number) =>
    takeBackCorrection(database(), id, { correctionId, by: { ...BY, name: 'boss@example.org' } });

  test('lists, counts and the file have whom it was corrected to; the original is kept', async () => {
    const [ada, bob] = [await someone('Ada'), await someone('Bob')];
    const id = await seen(ada, [ada, bob]);
    expect(await correct(id, bob.id)).toMatchObject({
      person: { person_id: bob.id, name: 'Bob' },
      face_id: bob.faceId,
      best_face_id: bob.faceId,
      trust: 60,
      corrected: true,
      corrections: [
        {
          by: { kind: 'user', name: 'guard@example.org' },
          confirms: false,
          was: { known: true, person: { name: 'Ada' }, face_id: ada.faceId },
          is: { known: true, person: { name: 'Bob' }, face_id: bob.faceId },
          taken_back_at: null,
        },
      ],
    });
    expect(await idsOf({ personId: ada.id })).toEqual([]);
    expect(await idsOf({ personId: bob.id })).toEqual([id]);
    expect(await idsOf({ personId: bob.id, corrected: true })).toEqual([id]);
    expect(await idsOf({ personId: bob.id, corrected: false })).toEqual([]);
    expect((await recognitionsOf(database(), ada.id)).at(-1)?.known).toBe(0);
    expect((await recognitionsOf(database(), bob.id)).at(-1)?.known).toBe(1);
    const [listed] = (await listEvents(database(), { personId: bob.id, limit: 1 })).events;
    const cells = listed && eventLine(listed).trim().split(',');
    const header = CSV_HEADER.trim().split(',');
    expect(cells?.[header.indexOf('name')]).toBe('Bob');
    expect(cells?.[header.indexOf('corrected')]).toBe('yes');
  });

  test('an unknown face becomes known, a known one unknown', async () => {
    const ada = await someone('Ada');
    const [unknown, known] = [await seen(null), await seen(ada)];
    await correct(unknown, ada.id);
    await correct(known, null);
    expect(await idsOf({ known: true })).toContain(unknown);
    expect(await idsOf({ known: false })).not.toContain(unknown);
    expect(await idsOf({ known: false })).toContain(known);
    expect(await idsOf({ known: true })).not.toContain(known);
  });

  test('is taken back one by one, the newest first, and what was said stays', async () => {
    const [ada, bob] = [await someone('Ada'), await someone('Bob')];
    const id = await seen(ada);
    const first = (await correct(id, bob.id)).corrections.at(-1)?.correction_id ?? 0;
    const second = (await correct(id, null)).corrections.at(-1)?.correction_id ?? 0;
    await expect(takeBack(id, first)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await takeBack(id, second)).toMatchObject({ person: { person_id: bob.id }, corrected: true });
    const back = await takeBack(id, first);
    expect(back).toMatchObject({ person: { person_id: ada.id }, face_id: ada.faceId, corrected: false });
    expect(back.corrections.map((one) => one.taken_back_by)).toEqual(['boss@example.org', 'boss@example.org']);
    // A lost answer is asked for again.
    expect(await takeBack(id, first)).toEqual(back);
    await expect(takeBack(id, first + 1_000)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(correct(randomUUID(), ada.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(correct(id, 987_654_321)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('the person it has confirms it, once', async () => {
    const ada = await someone('Ada');
    const id = await seen(ada);
    const confirmed = await correct(id, ada.id);
    expect(confirmed).toMatchObject({ corrected: false, corrections: [{ confirms: true }] });
    expect(await correct(id, ada.id)).toEqual(confirmed);
    const back = await takeBack(id, confirmed.corrections[0]?.correction_id ?? 0);
    expect(back).toMatchObject({ person: { person_id: ada.id }, corrected: false });
    const unknown = await seen(null);
    expect((await correct(unknown, null)).corrections).toMatchObject([{ confirms: true, is: { known: false } }]);
  });

  test('somebody else who says the same confirms it, and takes back only that', async () => {
    const [ada, bob] = [await someone('Ada'), await someone('Bob')];
    const id = await seen(ada);
    const before = await correct(id, bob.id);
    // Said again by the same person: nothing is kept, so there is nothing to undo.
    expect(madeCorrection(before.corrections, (await correct(id, bob.id)).corrections)).toBeUndefined();
    const boss = { kind: 'user', id: '5', name: 'boss@example.org' } as const;
    const confirmed = await correctEvent(database(), id, { personId: bob.id, by: boss });
    expect(confirmed.corrections).toMatchObject([
      { by: { name: 'guard@example.org' }, confirms: false },
      { by: { name: 'boss@example.org' }, confirms: true, is: { person: { name: 'Bob' } } },
    ]);
    const made = madeCorrection(before.corrections, confirmed.corrections);
    expect(made?.by.name).toBe('boss@example.org');
    const back = await takeBack(id, made?.correction_id ?? 0);
    expect(back).toMatchObject({ person: { person_id: bob.id }, corrected: true });
    expect(madeCorrection(before.corrections, back.corrections)).toBeUndefined();
    // The audit log names what stands, not what was taken back.
    const answer = await correct(id, bob.id);
    const body = { person_id: bob.id };
    expect(correctEventOperation.audit?.({ params: { event_id: id }, body, answer, userId: null })).toMatchObject({
      action: 'event.correct',
      details: { person_id: bob.id, was_person_id: ada.id },
    });
  });

  test('sending a recognition again does not undo its correction', async () => {
    const [ada, bob] = [await someone('Ada'), await someone('Bob')];
    const id = await seen(ada);
    await correct(id, bob.id);
    const again = { id, at: new Date(), faceId: ada.faceId, personId: ada.id, trust: 60, liveness: 'off' } as const;
    expect(await recordEvents(database(), { deviceId: null, events: [again] })).toMatchObject({ duplicates: 1 });
    expect(await idsOf({ personId: bob.id })).toEqual([id]);
  });

  test('erasing who it was leaves that it was somebody, and taking it back is refused', async () => {
    const [ada, bob] = [await someone('Ada'), await someone('Bob')];
    const id = await seen(ada, [ada, bob]);
    const { corrections } = await correct(id, bob.id);
    await deletePerson(database(), ada.id);
    const left = await readEvent(database(), id);
    expect(left).toMatchObject({ person: { person_id: bob.id }, candidates: [{ face_id: bob.faceId }] });
    expect(left.candidates).toHaveLength(1);
    expect(left.corrections[0]?.was).toEqual({ known: true, person: null, face_id: null });
    await expect(takeBack(id, corrections[0]?.correction_id ?? 0)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'The person it was before has been erased.',
    });
    await deletePerson(database(), bob.id);
    await expect(readEvent(database(), id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await database().$count(eventCorrections, eq(eventCorrections.eventId, id))).toBe(0);
  });

  test('what was a sample of nobody is taken back, whatever has become of the sample', async () => {
    const bob = await someone('Bob');
    const [deleted, given] = [
      await createSample(database(), someSample()),
      await createSample(database(), someSample()),
    ];
    const events = [];
    for (const { faceId } of [deleted, given]) {
      const id = randomUUID();
      const event = { id, at: new Date(), faceId, personId: null, trust: 60, liveness: 'off' } as const;
      await recordEvents(database(), { deviceId: null, events: [event] });
      const { corrections } = await correct(id, bob.id);
      events.push({ id, faceId, correctionId: corrections[0]?.correction_id ?? 0 });
    }
    await deleteSample(database(), deleted.faceId);
    await updateSample(database(), given.faceId, { personId: bob.id });
    for (const { id, faceId, correctionId } of events) {
      expect(await takeBack(id, correctionId)).toMatchObject({ person: null, face_id: faceId, corrected: false });
    }
  });

  test('a merge takes corrections along', async () => {
    const [ada, twin, bob] = [await someone('Ada'), await someone('Ada too'), await someone('Bob')];
    const [was, is] = [await seen(twin), await seen(bob)];
    await correct(was, bob.id);
    const { corrections } = await correct(is, twin.id);
    await mergePeople(database(), { from: twin.id, into: ada.id });
    expect((await readEvent(database(), was)).corrections[0]?.was.person).toMatchObject({ person_id: ada.id });
    expect((await readEvent(database(), is)).corrections[0]?.is.person).toMatchObject({ person_id: ada.id });
    expect(await idsOf({ personId: ada.id })).toEqual([is]);
    expect(await takeBack(is, corrections[0]?.correction_id ?? 0)).toMatchObject({ person: { person_id: bob.id } });
  });

  test('candidates are read with who their samples belong to now', async () => {
    const [ada, bob] = [await someone('Ada'), await someone('Bob')];
    const gone = await createSample(database(), someSample({ personId: bob.id }));
    const id = await seen(null, [ada, gone]);
    await deleteSample(database(), gone.faceId);
    expect((await readEvent(database(), id)).candidates).toEqual([
      {
        face_id: ada.faceId,
        person: { person_id: ada.id, user_id: null, name: 'Ada' },
        best_face_id: ada.faceId,
        trust: 60,
        distance: 0.5,
      },
    ]);
  });

  test('webhooks hear of changes, not of confirmations', async () => {
    const [webhook] = await database()
      .insert(webhooks)
      .values({ url: 'https://hooks.example.org/', events: ['corrected'], secret: 'x', includeNames: true })
      .returning();
    const [ada, bob] = [await someone('Ada'), await someone('Bob')];
    const id = await seen(ada);
    await correct(id, ada.id);
    const { corrections } = await correct(id, bob.id);
    await takeBack(id, corrections.at(-1)?.correction_id ?? 0);
    const sent = await database().select().from(webhookDeliveries).orderBy(webhookDeliveries.createdAt);
    const bodies = await Promise.all(
      sent.map(async (delivery) => JSON.parse(await bodyOf(database(), delivery, { includeNames: true }))),
    );
    expect(webhook).toBeDefined();
    expect(bodies).toMatchObject([
      { type: 'corrected', data: { event_id: id, taken_back: false, person: { name: 'Bob' }, was: { name: 'Ada' } } },
      { type: 'corrected', data: { event_id: id, taken_back: true, person: { name: 'Ada' }, was: { name: 'Bob' } } },
    ]);
    expect(JSON.stringify(sent.map(({ payload }) => payload))).not.toMatch(/Ada|Bob/);
  });
});
