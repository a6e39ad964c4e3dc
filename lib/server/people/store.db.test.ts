import { expect, test } from 'vitest';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { readFeed } from '@/lib/server/feed/readFeed';
import { getPicture } from '@/lib/server/people/samples/pictures';
import { createSample, getSample } from '@/lib/server/people/samples/store';
import { someSample } from '@/lib/server/testing/sample';
import { createPerson, deletePerson, getPerson, mergePeople, updatePerson } from './store';

describeOnEachDatabase('people', (database) => {
  const sampleOf = (user_id: string, given: Parameters<typeof someSample>[0] = {}) =>
    createSample(database(), someSample({ uniqueArgs: { user_id }, ...given }));

  test('are kept whole', async () => {
    const consentGivenAt = new Date('2026-01-02T03:04:05.678Z');
    const fields = { externalId: 'w1', name: 'Ada', notes: 'Line\nline', consentGivenAt, consentUntil: null };
    const created = await createPerson(database(), fields);
    expect(created).toEqual({
      id: expect.any(Number),
      ...fields,
      createdAt: expect.any(Date),
      updatedAt: expect.any(Date),
      sampleCount: 0,
      bestFaceId: null,
      groups: [],
    });
    expect(await getPerson(database(), created.id)).toEqual(created);
    expect(await createPerson(database(), {})).toMatchObject({ externalId: null, name: null });
  });

  test('what is absent stays, null clears', async () => {
    const { id } = await createPerson(database(), { externalId: 'u1', name: 'Ada', notes: 'kept' });
    expect(await updatePerson(database(), id, { name: 'Ada L.', externalId: undefined })).toMatchObject({
      externalId: 'u1',
      name: 'Ada L.',
      notes: 'kept',
    });
    expect(await updatePerson(database(), id, { externalId: null, name: null })).toMatchObject({
      externalId: null,
      name: null,
      notes: 'kept',
    });
  });

  test('an external id belongs to one of them', async () => {
    const conflict = { code: 'CONFLICT' };
    const { id } = await createPerson(database(), { externalId: 'x1' });
    await expect(createPerson(database(), { externalId: 'x1' })).rejects.toMatchObject(conflict);
    const other = await createPerson(database(), { externalId: 'x2' });
    await expect(updatePerson(database(), other.id, { externalId: 'x1' })).rejects.toMatchObject(conflict);
    expect(await updatePerson(database(), id, { externalId: 'x1' })).toMatchObject({ externalId: 'x1' });
    const racing = Array.from({ length: 5 }, () => createPerson(database(), { externalId: 'x3' }));
    const settled = await Promise.allSettled(racing);
    expect(settled.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  });

  test('that are not there', async () => {
    const missing = { code: 'NOT_FOUND' };
    const { id } = await createPerson(database(), {});
    await expect(getPerson(database(), 1e9)).rejects.toMatchObject(missing);
    await expect(updatePerson(database(), 1e9, { name: 'x' })).rejects.toMatchObject(missing);
    await expect(deletePerson(database(), 1e9)).rejects.toMatchObject(missing);
    await expect(mergePeople(database(), { from: 1e9, into: id })).rejects.toMatchObject(missing);
    await expect(mergePeople(database(), { from: id, into: 1e9 })).rejects.toMatchObject(missing);
    await expect(mergePeople(database(), { from: id, into: id })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  test('are shown by their best sample', async () => {
    const worse = await sampleOf('best', { quality: { ...someSample().quality, score: 0.2 } });
    const better = await sampleOf('best', { quality: { ...someSample().quality, score: 0.8 } });
    expect(await getPerson(database(), worse.person?.id ?? 0)).toMatchObject({
      sampleCount: 2,
      bestFaceId: better.faceId,
    });
  });

  test('a change that the feed does not carry is not in it', async () => {
    const { person, updatedAt } = await sampleOf('quiet');
    await updatePerson(database(), person?.id ?? 0, { notes: 'new' });
    expect(await readFeed(database(), { after: updatedAt })).toMatchObject({ faces: [], deleted: [] });
  });

  test('erasing one erases samples and pictures and tells the feed; others stay', async () => {
    const crop = { mime: 'image/jpeg', bytes: Uint8Array.of(1) };
    const one = await sampleOf('gone', { pictures: { crop } });
    const two = await sampleOf('gone');
    const other = await sampleOf('stays', { pictures: { crop } });
    const personId = one.person?.id ?? 0;
    expect(await deletePerson(database(), personId)).toEqual({ deletedFaces: [one.faceId, two.faceId] });
    await expect(getPerson(database(), personId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await getSample(database(), one.faceId)).toBeNull();
    expect(await getPicture(database(), one.faceId, 'crop')).toBeNull();
    expect(await getPicture(database(), other.faceId, 'crop')).not.toBeNull();
    const { faces, deleted } = await readFeed(database(), { after: other.updatedAt });
    expect(faces).toEqual([]);
    expect(deleted.map((gone) => gone.faceId)).toEqual([one.faceId, two.faceId]);
    // The same user_id later is someone new.
    expect((await sampleOf('gone')).person?.id).not.toBe(personId);
  });

  test('merging makes them one, under all their external ids', async () => {
    const from = await sampleOf('from');
    const into = await sampleOf('into');
    const [fromId, intoId] = [from.person?.id ?? 0, into.person?.id ?? 0];
    await updatePerson(database(), fromId, { name: 'Ada', notes: 'of from' });
    await updatePerson(database(), intoId, { notes: 'of into' });
    const { lastUpdatedAt } = await readFeed(database(), { after: 0, limit: 10_000 });
    expect(await mergePeople(database(), { from: fromId, into: intoId })).toMatchObject({
      id: intoId,
      externalId: 'into',
      name: 'Ada',
      notes: 'of into\n\nof from',
      sampleCount: 2,
    });
    await expect(getPerson(database(), fromId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const { faces } = await readFeed(database(), { after: lastUpdatedAt });
    expect(faces.map((face) => [face.faceId, face.personId, face.personName]).sort()).toEqual(
      [from, into].map((sample) => [sample.faceId, intoId, 'Ada']),
    );

    expect((await sampleOf('from')).person?.id).toBe(intoId);
    // Merged once more, both ids go along.
    const third = await sampleOf('third');
    await mergePeople(database(), { from: intoId, into: third.person?.id ?? 0 });
    for (const externalId of ['from', 'into', 'third']) {
      expect((await sampleOf(externalId)).person?.id).toBe(third.person?.id);
    }
    await expect(createPerson(database(), { externalId: 'from' })).rejects.toMatchObject({ code: 'CONFLICT' });
    // Such an id can become the first one.
    await updatePerson(database(), third.person?.id ?? 0, { externalId: 'from' });
    expect((await sampleOf('from')).person).toMatchObject({ id: third.person?.id, externalId: 'from' });
    await deletePerson(database(), third.person?.id ?? 0);
    expect((await sampleOf('into')).person?.id).not.toBe(third.person?.id);
  });

  test('merging gives what is missing', async () => {
    const from = await createPerson(database(), { externalId: 'gives', name: 'Given' });
    const into = await createPerson(database(), {});
    expect(await mergePeople(database(), { from: from.id, into: into.id })).toMatchObject({
      id: into.id,
      externalId: 'gives',
      name: 'Given',
    });
    expect((await sampleOf('gives')).person?.id).toBe(into.id);
  });
});
