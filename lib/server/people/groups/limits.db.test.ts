import { afterEach, expect, test } from 'vitest';
import { groups, people, personGroups, samples, tombstones } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import type { Caller } from '@/lib/server/people/ownership';
import { createSample } from '@/lib/server/people/samples/store';
import { createPerson, getPerson, updatePerson } from '@/lib/server/people/store';
import { someSample } from '@/lib/server/testing/sample';
import { createGroup, listGroups } from './store';

const ANYBODY: Caller = { id: null, onlyOwn: false };

describeOnEachDatabase('limits of credentials', (database) => {
  afterEach(async () => {
    for (const table of [samples, tombstones, personGroups, people, groups]) await database().delete(table);
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
});
