import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { people, samples, type UniqueArgs } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import type { ClaimedRow } from '@/lib/server/batches/claims';
import { samplesOfRows } from '@/lib/server/batches/samplesOfRows';
import { readEvent } from '@/lib/server/events/readEvent';
import { recordEvents } from '@/lib/server/events/recordEvents';
import { readFeed } from '@/lib/server/feed/readFeed';
import { someSample } from '@/lib/server/testing/sample';
import { argsNaming } from './followPerson';
import { listSamples } from './samples/listSamples';
import { createSample, deleteSample, getSamples, updateSample } from './samples/store';
import { createPerson, deletePerson, mergePeople, updatePerson } from './store';

describeOnEachDatabase('every answer names the same person', (database) => {
  const enrol = (uniqueArgs: UniqueArgs, more = {}) =>
    createSample(database(), someSample({ uniqueArgs, imageHash: randomUUID(), ...more }));

  /** Reads a sample as `GET /face` and `POST /face/match`, the feed, the lists, the search and an event have it. */
  async function answers(faceId: number, sinceNumber: number) {
    const sample = (await getSamples(database(), [faceId])).get(faceId);
    const { faces } = await readFeed(database(), { after: sinceNumber });
    const fed = faces.find((face) => face.faceId === faceId);
    const listed = (await listSamples(database(), { personId: sample?.person?.id ?? null, limit: 200 })).samples.find(
      (one) => one.faceId === faceId,
    );
    const id = randomUUID();
    const event = { id, at: new Date(), faceId, personId: null, trust: 90, liveness: 'off' } as const;
    await recordEvents(database(), { deviceId: null, events: [event] });
    const { person } = await readEvent(database(), id);
    return {
      get: [sample?.person?.externalId, sample?.person?.name, sample?.uniqueArgs],
      // Not in it: the write had no number, and readers keep the old name.
      feed: fed && [fed.personId, fed.personName, fed.uniqueArgs],
      list: listed?.uniqueArgs,
      event: person && [person.user_id, person.name],
    };
  }

  async function expectNamed(
    faceId: number,
    since: number,
    who: { id: number; user_id: string | null; name: string | null },
    args: UniqueArgs,
  ) {
    expect(await answers(faceId, since)).toEqual({
      get: [who.user_id, who.name, args],
      feed: [who.id, who.name, args],
      list: args,
      event: [who.user_id, who.name],
    });
  }

  test('after a sample was moved', async () => {
    const ada = await enrol({ user_id: 'm-ada', user_name: 'Ada', dept: 'sales' });
    const bob = await enrol({ user_id: 'm-bob', user_name: 'Bob' });
    const bobId = bob.person?.id ?? 0;
    await updateSample(database(), ada.faceId, { personId: bobId });
    const who = { id: bobId, user_id: 'm-bob', name: 'Bob' };
    await expectNamed(ada.faceId, bob.updatedAt, who, { dept: 'sales', user_id: 'm-bob', user_name: 'Bob' });
    const found = await listSamples(database(), { search: 'm-ada', limit: 10 });
    expect(found.samples.map(({ faceId }) => faceId)).not.toContain(ada.faceId);
  });

  test('after people were merged', async () => {
    const twin = await enrol({ user_id: 'g-twin', user_name: 'Addie' });
    const ada = await enrol({ user_id: 'g-ada', user_name: 'Ada' });
    const adaId = ada.person?.id ?? 0;
    await mergePeople(database(), { from: twin.person?.id ?? 0, into: adaId });
    const who = { id: adaId, user_id: 'g-ada', name: 'Ada' };
    await expectNamed(twin.faceId, ada.updatedAt, who, { user_id: 'g-ada', user_name: 'Ada' });
    // The old id still finds the person; what is enrolled with it is named as the person is.
    const late = await enrol({ user_id: 'g-twin' });
    await expectNamed(late.faceId, ada.updatedAt, who, { user_id: 'g-ada' });
  });

  test('after a person was renamed or got another id, by hand and by a later sample', async () => {
    const one = await enrol({ user_id: 'r-1', user_name: 'Old' });
    const id = one.person?.id ?? 0;
    await updatePerson(database(), id, { name: 'New' });
    await expectNamed(
      one.faceId,
      one.updatedAt,
      { id, user_id: 'r-1', name: 'New' },
      { user_id: 'r-1', user_name: 'New' },
    );
    const before = (await readFeed(database(), { after: one.updatedAt })).faces.at(-1)?.updatedAt ?? 0;
    await updatePerson(database(), id, { externalId: 'r-2' });
    await expectNamed(one.faceId, before, { id, user_id: 'r-2', name: 'New' }, { user_id: 'r-2', user_name: 'New' });
    const later = await enrol({ user_id: 'r-2', user_name: 'Newest' });
    await expectNamed(
      one.faceId,
      before,
      { id, user_id: 'r-2', name: 'Newest' },
      { user_id: 'r-2', user_name: 'Newest' },
    );
    expect(later.uniqueArgs).toEqual({ user_id: 'r-2', user_name: 'Newest' });
  });

  test('a sample of nobody, and one that names nobody', async () => {
    const bob = await createPerson(database(), { name: 'Bob' });
    const none = await enrol({ dept: 'sales' });
    await updateSample(database(), none.faceId, { personId: bob.id });
    await expectNamed(none.faceId, none.updatedAt, { id: bob.id, user_id: null, name: 'Bob' }, { dept: 'sales' });
    const eve = await enrol({ user_id: 'n-eve', dept: 'sales' });
    // Bob has no id: his name says who it is.
    await updateSample(database(), eve.faceId, { personId: bob.id });
    await expectNamed(
      eve.faceId,
      eve.updatedAt,
      { id: bob.id, user_id: null, name: 'Bob' },
      { dept: 'sales', user_name: 'Bob' },
    );
    const free = await updateSample(database(), eve.faceId, { personId: null });
    expect(free.uniqueArgs).toEqual({ dept: 'sales' });
  });

  test('a picture that was moved by hand is not added again when it is sent again', async () => {
    const picture = someSample({ uniqueArgs: { user_name: 'Sent' }, imageHash: 'ef'.repeat(32) });
    const sent = await createSample(database(), picture);
    const owner = await createPerson(database(), { name: 'Owner' });
    await updateSample(database(), sent.faceId, { personId: owner.id });
    expect(await createSample(database(), picture)).toMatchObject({ faceId: sent.faceId, duplicate: true });
    // Erasing whom it was sent for leaves the sample with its owner, and no trace of them.
    await deletePerson(database(), sent.person?.id ?? 0);
    expect((await getSamples(database(), [sent.faceId])).get(sent.faceId)?.uniqueArgs).toEqual({ user_name: 'Owner' });
    await deleteSample(database(), sent.faceId);
  });

  test('what was sent before a person was renamed still finds them: enrolled again, in a list, and as an update', async () => {
    const args = { user_name: 'Bob before', dept: 'it' };
    const picture = someSample({ uniqueArgs: args, imageHash: 'b0'.repeat(32) });
    const sent = await createSample(database(), picture);
    const id = sent.person?.id ?? 0;
    await updatePerson(database(), id, { name: 'Robert' });
    await updatePerson(database(), id, { name: 'Robert II' });
    const who = { id, name: 'Robert II' };
    expect(await createSample(database(), picture)).toMatchObject({
      faceId: sent.faceId,
      duplicate: true,
      person: who,
    });
    const claimed = { importId: 1, row: 1, groups: [], choice: null, attempts: 1, hasPicture: true };
    const row: ClaimedRow = { ...claimed, host: null, source: 'bob.jpg', attributes: args };
    const found = await samplesOfRows(database(), [{ row, imageHash: picture.imageHash ?? null }]);
    expect(found).toEqual(new Map([[0, sent.faceId]]));
    // A new picture with the attributes as the client has them, twice.
    for (const _ of [1, 2]) {
      const updated = await updateSample(database(), sent.faceId, { face: picture, uniqueArgs: args });
      expect(updated).toMatchObject({ person: who, uniqueArgs: { user_name: 'Robert II', dept: 'it' } });
      expect(updated).not.toHaveProperty('sentArgs');
    }
    expect(await createSample(database(), picture)).toMatchObject({ faceId: sent.faceId, duplicate: true });
    expect(await database().$count(people, eq(people.name, 'Bob before'))).toBe(0);
    // As they are called now is the same person too, and somebody else is somebody else.
    const now = await updateSample(database(), sent.faceId, { uniqueArgs: { user_name: 'Robert II' } });
    expect(now).toMatchObject({ person: who });
    const other = await updateSample(database(), sent.faceId, { uniqueArgs: { user_name: 'Somebody else' } });
    expect(other.person?.id).not.toBe(id);
  });

  test('what was sent before people were merged still finds them; a move by hand and erasure forget it', async () => {
    const args = { user_name: 'Twin sent' };
    const picture = someSample({ uniqueArgs: args, imageHash: 'b1'.repeat(32) });
    const sent = await createSample(database(), picture);
    const ada = await createPerson(database(), { name: 'Ada sent' });
    await mergePeople(database(), { from: sent.person?.id ?? 0, into: ada.id });
    expect(await createSample(database(), picture)).toMatchObject({ faceId: sent.faceId, duplicate: true });
    const updated = await updateSample(database(), sent.faceId, { face: picture, uniqueArgs: args });
    expect(updated).toMatchObject({ person: { id: ada.id, name: 'Ada sent' }, uniqueArgs: { user_name: 'Ada sent' } });
    const keptOfTwin = async () => database().$count(samples, sql`row_to_json(${samples})::text like '%Twin sent%'`);
    expect(await keptOfTwin()).toBe(1);
    const owner = await createPerson(database(), { name: 'Owner by hand' });
    await updateSample(database(), sent.faceId, { personId: owner.id });
    expect(await keptOfTwin()).toBe(0);
    // It stays where it was moved, and keeps nothing of whom it was sent for.
    await updateSample(database(), sent.faceId, { uniqueArgs: { user_name: 'Ada sent' } });
    const [stayed] = await database().select().from(samples).where(eq(samples.id, sent.faceId));
    expect(stayed).toMatchObject({ personId: owner.id, uniqueArgs: { user_name: 'Owner by hand' }, sentArgs: null });
    await deletePerson(database(), ada.id);
    await deletePerson(database(), owner.id);
    const again = await createSample(database(), picture);
    await updatePerson(database(), again.person?.id ?? 0, { name: 'Renamed twin' });
    expect(await keptOfTwin()).toBe(1);
    await deletePerson(database(), again.person?.id ?? 0);
    expect(await keptOfTwin()).toBe(0);
  });

  test.each<[string, UniqueArgs, { externalId: string | null; name: string | null } | null, UniqueArgs]>([
    ['a number', { user_id: 7 }, { externalId: '7', name: null }, { user_id: 7 }],
    [
      'a number beside a new name',
      { user_id: 7, user_name: 'A' },
      { externalId: '7', name: 'B' },
      { user_id: 7, user_name: 'B' },
    ],
    ['spaces', { user_name: ' Ada ' }, { externalId: null, name: 'Ada' }, { user_name: ' Ada ' }],
    ['null', { user_id: null }, { externalId: 'a', name: 'A' }, { user_id: null }],
    ['nobody', { user_id: 'a', user_name: 'A', x: 1 }, null, { x: 1 }],
    ['somebody without either', { user_id: 'a' }, { externalId: null, name: null }, {}],
  ])('%s', (_, args, person, expected) => {
    expect(argsNaming(args, person)).toEqual(expected);
  });
});
