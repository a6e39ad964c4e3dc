import { eq } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { groups, importRows, imports, people, personGroups, samples, tombstones } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { addRows, listRows } from '@/lib/server/batches/store';
import { readFeed } from '@/lib/server/feed/readFeed';
import { listPeople } from '@/lib/server/people/listPeople';
import type { Caller } from '@/lib/server/people/ownership';
import { createSample } from '@/lib/server/people/samples/store';
import { createPerson, deletePerson, getPerson, updatePerson } from '@/lib/server/people/store';
import { someSample } from '@/lib/server/testing/sample';
import { changeGroup, createGroup, deleteGroup, listGroups } from './store';

const ANYBODY: Caller = { id: null, onlyOwn: false };

describeOnEachDatabase('limits of credentials', (database) => {
  afterEach(async () => {
    for (const table of [importRows, imports, samples, tombstones, personGroups, people, groups])
      await database().delete(table);
  });

  test('credentials with faces:enrol alone put nobody into groups, and make none', async () => {
    const db = database();
    await createGroup(db, { name: 'Vault' });
    const phone: Caller = { id: 'device:1', onlyOwn: true };
    const enrol = (names?: string[]) =>
      createSample(db, someSample({ uniqueArgs: { user_name: 'Eve' }, groups: names }), phone);
    const refused = { code: 'FORBIDDEN', details: { scope: 'faces:write' } };
    await expect(enrol(['Vault'])).rejects.toMatchObject(refused);
    await expect(enrol(['Made up'])).rejects.toMatchObject(refused);
    await expect(createPerson(db, { name: 'Eve', groups: ['Vault'] }, phone)).rejects.toMatchObject(refused);
    const eve = (await enrol()).person?.id ?? 0;
    await expect(updatePerson(db, eve, { groups: ['Vault'] }, phone)).rejects.toMatchObject(refused);
    expect((await getPerson(db, eve)).groups).toEqual([]);
    expect((await listGroups(db, { caller: ANYBODY })).map(({ name }) => name)).toEqual(['Vault']);
    // Where an administrator limited it, these groups are its own.
    const { id } = await createGroup(db, { name: 'Visitors' });
    const limited = { ...phone, id: 'device:2', groups: [id] };
    const made = await createSample(
      db,
      someSample({ uniqueArgs: { user_name: 'Ann' }, groups: ['visitors'] }),
      limited,
    );
    expect((await getPerson(db, made.person?.id ?? 0)).groups).toEqual(['Visitors']);
  });

  const inGroup = async (...names: string[]): Promise<Caller> => {
    const all = await listGroups(database(), { caller: ANYBODY });
    return { id: 'key:1', onlyOwn: false, groups: all.filter(({ name }) => names.includes(name)).map(({ id }) => id) };
  };

  test('who erases within a limit, or only their own, empties no row of a list', async () => {
    const db = database();
    await createGroup(db, { name: 'A' });
    const phone: Caller = { id: 'device:1', onlyOwn: true };
    const source = 'https://example.com/1.jpg';
    const row = (attributes: Record<string, string>) => ({ source, attributes });
    const importId = await addRows(db, {
      name: 'list',
      start: false,
      rows: [row({ user_name: 'Sam' }), row({ user_id: 's-1' })],
    });
    const waiting = async () => (await listRows(db, importId, { after: 0, limit: 10 })).map(({ status }) => status);
    for (const caller of [await inGroup('A'), phone]) {
      for (const fields of [{ name: 'Sam' }, { externalId: 's-1' }]) {
        const { id } = await createPerson(db, fields, caller);
        await deletePerson(db, id, caller);
      }
      expect(await waiting()).toEqual(['waiting', 'waiting']);
    }
    await deletePerson(db, (await createPerson(db, { name: 'Sam' })).id);
    expect(await waiting()).toEqual(['failed', 'waiting']);
  });

  test('a name of somebody outside the limit is free, and is somebody else', async () => {
    const db = database();
    const bob = await createSample(
      db,
      someSample({ imageHash: 'one', uniqueArgs: { user_name: 'Bob' }, groups: ['B'] }),
    );
    await createGroup(db, { name: 'A' });
    const caller = await inGroup('A');
    const enrol = (hash: string) =>
      createSample(db, someSample({ imageHash: hash, uniqueArgs: { user_name: 'Bob' } }), caller);
    const mine = await enrol('one');
    expect(mine).toMatchObject({ duplicate: false });
    expect(mine.person?.id).not.toBe(bob.person?.id);
    expect((await enrol('two')).person?.id).toBe(mine.person?.id);
    expect(await enrol('one')).toMatchObject({ duplicate: true, faceId: mine.faceId });
    expect((await getPerson(db, mine.person?.id ?? 0)).groups).toEqual(['A']);
  });

  test('groups outside the limit are not told of anybody', async () => {
    const db = database();
    const { person } = await createSample(
      db,
      someSample({ uniqueArgs: { user_name: 'Ada' }, groups: ['A', 'Terminated'] }),
    );
    const ada = person?.id ?? 0;
    const caller = await inGroup('A');
    const [terminated = 0] = (await inGroup('Terminated')).groups ?? [];
    expect((await getPerson(db, ada, caller)).groups).toEqual(['A']);
    expect((await updatePerson(db, ada, { notes: 'new' }, caller)).groups).toEqual(['A']);
    expect((await listPeople(db, { caller })).people.map((one) => one.groups)).toEqual([['A']]);
    expect((await listPeople(db, { caller, groupId: caller.groups?.[0] })).people).toHaveLength(1);
    expect((await listPeople(db, { caller, groupId: terminated })).people).toEqual([]);
    const told = async (limit: Caller['groups']) => (await readFeed(db, { after: 0, groups: limit ?? null })).faces;
    expect((await told(caller.groups)).map((face) => face.groups)).toEqual([['A']]);
    expect((await told(null)).map((face) => face.groups)).toEqual([['A', 'Terminated']]);
  });

  test('giving a group its name again completes a rename that was interrupted', async () => {
    const db = database();
    await createSample(db, someSample({ uniqueArgs: { user_name: 'Ada' }, groups: ['Old'] }));
    const { lastUpdatedAt: after } = await readFeed(db, { after: 0 });
    // As it stands when a server ends between the new name and the samples.
    await db.update(groups).set({ name: 'New', key: 'new' }).where(eq(groups.key, 'old'));
    const [id = 0] = (await inGroup('New')).groups ?? [];
    await changeGroup(db, id, { name: 'New' });
    expect((await readFeed(db, { after })).faces.map((face) => face.groups)).toEqual([['New']]);
  });

  test('a group that is deleted while somebody enrols is left out; without any other one, nobody is enrolled', async () => {
    const db = database();
    for (const name of ['Gone', 'Here']) await createGroup(db, { name });
    const [both, gone] = [await inGroup('Gone', 'Here'), await inGroup('Gone')];
    await deleteGroup(db, gone.groups?.[0] ?? 0);
    const enrol = (name: string, caller: Caller) =>
      createSample(db, someSample({ uniqueArgs: { user_name: name } }), caller);
    expect((await getPerson(db, (await enrol('Ada', both)).person?.id ?? 0)).groups).toEqual(['Here']);
    await expect(enrol('Bob', gone)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await listPeople(db, {})).people.map(({ name }) => name)).toEqual(['Ada']);
  });
});
