import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { groups, personGroups, samples } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { createPerson, mergePeople } from '@/lib/server/people/store';
import { someSample } from '@/lib/server/testing/sample';
import { createSample, type NewSample, updateSample } from './store';

const HASH = 'ab'.repeat(32);

describeOnEachDatabase('the same picture again', (database) => {
  const add = (sample: Partial<NewSample>) => createSample(database(), someSample({ imageHash: HASH, ...sample }));

  test('is a duplicate for the same person, whatever else is said of it, and renames nobody', async () => {
    const first = await add({ uniqueArgs: { user_id: 'a', user_name: 'Ada' } });
    const again = await add({ uniqueArgs: { user_id: 'a', user_name: 'Another name', note: 'retry' } });
    expect(first.duplicate).toBe(false);
    expect(again).toEqual({ ...first, duplicate: true });
    expect((await add({ personId: first.person?.id })).faceId).toBe(first.faceId);
    // As the person is found after a merge, so are the samples.
    const { id } = await createPerson(database(), { externalId: 'a-into' });
    await mergePeople(database(), { from: first.person?.id ?? 0, into: id });
    expect(await add({ uniqueArgs: { user_id: 'a' } })).toMatchObject({ faceId: first.faceId, duplicate: true });
  });

  test('is a sample of its own for somebody else, for another face of it, and for another model', async () => {
    const left = { top: 0, left: 0, bottom: 100, right: 100 };
    const first = await add({ uniqueArgs: { user_name: 'Bo' }, position: left });
    expect((await add({ uniqueArgs: { user_name: 'Cy' }, position: left })).duplicate).toBe(false);
    const right = { ...left, left: 200, right: 300 };
    expect((await add({ uniqueArgs: { user_name: 'Bo' }, position: right })).duplicate).toBe(false);
    const near = { ...left, left: 3, right: 103 };
    expect(await add({ uniqueArgs: { user_name: 'Bo' }, position: near })).toMatchObject({
      faceId: first.faceId,
      duplicate: true,
    });
    await database().update(samples).set({ model: 'older' });
    expect((await add({ uniqueArgs: { user_name: 'Bo' }, position: left })).duplicate).toBe(false);
  });

  test('does not hide that a person_id and a user_id are of two people', async () => {
    const first = await add({ uniqueArgs: { user_id: 'one' } });
    await add({ uniqueArgs: { user_id: 'two' } });
    const clash = add({ personId: first.person?.id, uniqueArgs: { user_id: 'two' } });
    await expect(clash).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('of nobody is told by its attributes', async () => {
    const first = await add({ uniqueArgs: { gate: 1 } });
    expect(await add({ uniqueArgs: { gate: 1 } })).toMatchObject({ faceId: first.faceId, duplicate: true });
    expect((await add({ uniqueArgs: { gate: 2 } })).duplicate).toBe(false);
  });

  test('is new once the sample has another picture', async () => {
    const first = await add({ uniqueArgs: { user_name: 'Di' } });
    await updateSample(database(), first.faceId, { face: someSample({ imageHash: 'cd'.repeat(32) }) });
    expect((await add({ uniqueArgs: { user_name: 'Di' } })).duplicate).toBe(false);
  });

  test('puts nobody else into groups where the sample was moved to them', async () => {
    const groupsOf = async (personId = 0) =>
      (
        await database()
          .select({ name: groups.name })
          .from(groups)
          .innerJoin(personGroups, eq(personGroups.groupId, groups.id))
          .where(eq(personGroups.personId, personId))
      ).map(({ name }) => name);
    const first = await add({ uniqueArgs: { user_id: 'moved' } });
    const other = await createPerson(database(), { externalId: 'has-it' });
    await updateSample(database(), first.faceId, { personId: other.id });
    const again = { faceId: first.faceId, duplicate: true };
    expect(await add({ uniqueArgs: { user_id: 'moved' }, groups: ['Staff'] })).toMatchObject(again);
    expect(await add({ personId: first.person?.id, groups: ['Staff'] })).toMatchObject(again);
    expect(await groupsOf(other.id)).toEqual([]);
    expect(await add({ uniqueArgs: { user_id: 'has-it' }, groups: ['Gate'] })).toMatchObject(again);
    expect(await groupsOf(other.id)).toEqual(['Gate']);
    // Nor is that refused where it was taken away from everybody.
    await updateSample(database(), first.faceId, { personId: null });
    expect(await add({ uniqueArgs: { user_id: 'moved' }, groups: ['Staff'] })).toMatchObject(again);
    expect(await groupsOf(first.person?.id)).toEqual([]);
  });

  test('at once, several times over, makes one sample', async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => add({ uniqueArgs: { user_name: 'Ed' } })));
    expect(new Set(all.map(({ faceId }) => faceId)).size).toBe(1);
    expect(all.filter(({ duplicate }) => duplicate)).toHaveLength(5);
  });
});
