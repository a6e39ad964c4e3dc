import { expect, test } from 'vitest';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import {
  createSample,
  deleteSample,
  deleteSamples,
  requireSample,
  updateSample,
} from '@/lib/server/people/samples/store';
import { someSample } from '@/lib/server/testing/sample';
import type { Caller } from './ownership';
import { createPerson, deletePerson, getPerson, mergePeople, updatePerson } from './store';

const GATE: Caller = { id: 'device:1', onlyOwn: true };
const DOOR: Caller = { id: 'device:2', onlyOwn: true };
const ADMIN: Caller = { id: 'session:1', onlyOwn: false };

const missing = { code: 'NOT_FOUND' };
const forbidden = { code: 'FORBIDDEN', details: expect.objectContaining({ scope: 'faces:write' }) };

describeOnEachDatabase('who may touch only what they added', (database) => {
  const add = (caller: Caller, uniqueArgs: Record<string, unknown>, personId?: number) =>
    createSample(database(), someSample({ uniqueArgs, personId }), caller);

  test('reads, changes and deletes that', async () => {
    const { faceId, person } = await add(GATE, { user_name: 'Own' });
    const personId = person?.id ?? 0;
    await add(GATE, { user_name: 'Own' });
    await add(GATE, {}, personId);
    expect((await getPerson(database(), personId, GATE)).sampleCount).toBe(3);
    expect((await requireSample(database(), faceId, GATE)).faceId).toBe(faceId);
    await updateSample(database(), faceId, { face: someSample(), uniqueArgs: { user_name: 'Own' } }, GATE);
    await updatePerson(database(), personId, { notes: 'mine' }, GATE);
    await deleteSample(database(), faceId, GATE);
    expect((await deletePerson(database(), personId, GATE)).deletedFaces).toHaveLength(2);
  });

  test('finds nothing of others, with the words for what is not there', async () => {
    const { faceId, person } = await add(ADMIN, { user_id: 'theirs', user_name: 'Theirs' });
    const nobodys = await add(ADMIN, {});
    const personId = person?.id ?? 0;
    const db = database();
    for (const caller of [GATE, DOOR]) {
      for (const id of [faceId, nobodys.faceId]) {
        await expect(requireSample(db, id, caller)).rejects.toMatchObject({
          ...missing,
          message: `There is no face ${id}.`,
        });
        await expect(deleteSample(db, id, caller)).rejects.toMatchObject(missing);
        expect(await deleteSamples(db, [id], caller)).toEqual([]);
        await expect(updateSample(db, id, { uniqueArgs: {} }, caller)).rejects.toMatchObject(missing);
      }
      await expect(getPerson(db, personId, caller)).rejects.toMatchObject(missing);
      await expect(updatePerson(db, personId, { name: 'Mine' }, caller)).rejects.toMatchObject(missing);
      await expect(deletePerson(db, personId, caller)).rejects.toMatchObject(missing);
      await expect(add(caller, {}, personId)).rejects.toMatchObject(missing);
    }
    expect((await getPerson(db, personId)).sampleCount).toBe(1);
  });

  test('adds nothing to people whom others added, by whichever of their names', async () => {
    await add(ADMIN, { user_id: 'e-1', user_name: 'Eva' });
    await add(ADMIN, { user_name: 'Fay' });
    const merged = await add(ADMIN, { user_id: 'e-alias' });
    const { id } = await createPerson(database(), { externalId: 'e-2' });
    await mergePeople(database(), { from: merged.person?.id ?? 0, into: id });
    const own = await add(GATE, { user_name: 'Gus' });
    for (const args of [{ user_id: 'e-1' }, { user_name: 'Fay' }, { user_id: 'e-alias', user_name: 'Z' }]) {
      await expect(add(GATE, args)).rejects.toMatchObject(forbidden);
      // Nor by the way round: a sample of one's own that is then said to be theirs.
      await expect(updateSample(database(), own.faceId, { uniqueArgs: args }, GATE)).rejects.toMatchObject(forbidden);
    }
    await expect(updateSample(database(), own.faceId, { personId: id }, GATE)).rejects.toMatchObject(missing);
    await expect(updatePerson(database(), own.person?.id ?? 0, { externalId: 'e-1' }, GATE)).rejects.toMatchObject(
      forbidden,
    );
    await expect(createPerson(database(), { externalId: 'e-alias' }, GATE)).rejects.toMatchObject(forbidden);
    // The name of somebody who has a user_id ties to nobody: this is a new person.
    expect((await add(GATE, { user_name: 'Eva' })).person?.externalId).toBeNull();
  });

  test('loses what becomes another’s, by a sample, by moving, by merging and by a new picture', async () => {
    const db = database();
    const own = await add(GATE, { user_id: 'own-1' });
    await add(ADMIN, { user_id: 'own-1' });
    await expect(deletePerson(db, own.person?.id ?? 0, GATE)).rejects.toMatchObject(missing);
    await expect(updateSample(db, own.faceId, { face: someSample() }, GATE)).rejects.toMatchObject(missing);
    await expect(add(GATE, { user_id: 'own-1' })).rejects.toMatchObject(forbidden);

    const moved = await add(GATE, { user_id: 'own-2' });
    await updateSample(db, moved.faceId, { personId: own.person?.id ?? 0 }, ADMIN);
    await expect(requireSample(db, moved.faceId, GATE)).rejects.toMatchObject(missing);

    const kept = await add(GATE, { user_id: 'own-3' });
    const { id } = await createPerson(db, { name: 'Without samples', notes: 'secret' }, ADMIN);
    await mergePeople(db, { from: id, into: kept.person?.id ?? 0 });
    await expect(getPerson(db, kept.person?.id ?? 0, GATE)).rejects.toMatchObject(missing);

    const replaced = await add(GATE, { user_id: 'own-4' });
    await updateSample(db, replaced.faceId, { face: someSample() }, ADMIN);
    await expect(deleteSample(db, replaced.faceId, GATE)).rejects.toMatchObject(missing);
  });

  test('has nothing of before it was kept who added what', async () => {
    const old = await createSample(database(), someSample({ uniqueArgs: { user_name: 'Old' } }));
    await expect(requireSample(database(), old.faceId, GATE)).rejects.toMatchObject(missing);
    await expect(requireSample(database(), old.faceId, { id: null, onlyOwn: true })).rejects.toMatchObject(missing);
  });
});
