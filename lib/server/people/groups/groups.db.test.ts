import { sql } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { type Database, queryRows } from '@/db/client';
import { apiKeys, devices, groups, people, samples, tombstones } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { createDevice } from '@/lib/server/access/devices/store';
import { createKey } from '@/lib/server/access/keys/store';
import { readFeed } from '@/lib/server/feed/readFeed';
import { listPeople } from '@/lib/server/people/listPeople';
import type { Caller } from '@/lib/server/people/ownership';
import { listSamples } from '@/lib/server/people/samples/listSamples';
import { createSample, requireSample, updateSample } from '@/lib/server/people/samples/store';
import { createPerson, deletePerson, getPerson, mergePeople, updatePerson } from '@/lib/server/people/store';
import { someSample } from '@/lib/server/testing/sample';
import { changeMembers } from './changeMembers';
import { changeGroup, createGroup, deleteGroup, listGroups } from './store';

const ANYBODY: Caller = { id: null, onlyOwn: false };

describeOnEachDatabase('groups', (database) => {
  afterEach(async () => {
    for (const table of [samples, tombstones, people, groups, devices, apiKeys]) await database().delete(table);
  });

  const limitedTo = (...ids: number[]): Caller => ({ id: 'key:1', onlyOwn: false, groups: ids });
  const counts = async () =>
    Object.fromEntries((await listGroups(database(), { caller: ANYBODY })).map(({ name, people }) => [name, people]));
  const groupNamed = async (name: string) => {
    const [group] = await listGroups(database(), { search: name, caller: ANYBODY });
    return group?.id ?? 0;
  };
  const numbersOf = async (db: Database, personId: number) =>
    (
      await queryRows<{ updated_at: number | string }>(
        db,
        sql`select updated_at from samples where person_id = ${personId} order by updated_at`,
      )
    ).map(({ updated_at }) => Number(updated_at));

  test('a name is one group however it is spelled, and is searched for by a part of it', async () => {
    const db = database();
    const { id } = await createGroup(db, { name: ' Third  floor ', colour: '#aabbcc', note: 'east' });
    await createGroup(db, { name: '100%' });
    await expect(createGroup(db, { name: 'THIRD FLOOR' })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await createPerson(db, { name: 'Ada', groups: ['third floor', 'New'] })).groups).toEqual([
      'New',
      'Third floor',
    ]);
    expect(await counts()).toEqual({ '100%': 0, New: 1, 'Third floor': 1 });
    const search = async (text: string) =>
      (await listGroups(db, { search: text, caller: ANYBODY })).map(({ name }) => name);
    expect(await search('IRD f')).toEqual(['Third floor']);
    expect(await search('%')).toEqual(['100%']);
    await expect(changeGroup(db, id, { name: 'new' })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await changeGroup(db, id, { colour: null })).toMatchObject({
      name: 'Third floor',
      colour: null,
      note: 'east',
    });
    await expect(changeGroup(db, 999, { name: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('changing the groups of a person gives their samples new numbers, and nobody else', async () => {
    const db = database();
    const ada = await createPerson(db, { name: 'Ada' });
    const bob = await createPerson(db, { name: 'Bob' });
    for (const personId of [ada.id, ada.id, bob.id]) await createSample(db, someSample({ personId }));
    const before = { ada: await numbersOf(db, ada.id), bob: await numbersOf(db, bob.id) };
    await updatePerson(db, ada.id, { groups: ['Staff', 'Night'] });
    const joined = await numbersOf(db, ada.id);
    expect(Math.min(...joined)).toBeGreaterThan(Math.max(...before.ada, ...before.bob));
    const feed = await readFeed(db, { after: Math.max(...before.ada, ...before.bob) });
    expect(feed.faces.map(({ groups }) => groups)).toEqual([
      ['Night', 'Staff'],
      ['Night', 'Staff'],
    ]);
    // Saying the same again changes nothing.
    await updatePerson(db, ada.id, { groups: ['staff', 'NIGHT'] });
    expect(await numbersOf(db, ada.id)).toEqual(joined);
    await changeGroup(db, await groupNamed('Night'), { name: 'Late' });
    expect((await readFeed(db, { after: Math.max(...joined) })).faces.map(({ groups }) => groups)).toEqual([
      ['Late', 'Staff'],
      ['Late', 'Staff'],
    ]);
    await updatePerson(db, ada.id, { groups: [] });
    expect((await getPerson(db, ada.id)).groups).toEqual([]);
    expect(await numbersOf(db, bob.id)).toEqual(before.bob);
    expect(await counts()).toEqual({ Late: 0, Staff: 0 });
  });

  test('counts stay right when people are added, merged and erased, and groups deleted', async () => {
    const db = database();
    const ada = await createPerson(db, { name: 'Ada', groups: ['A', 'B'] });
    const twin = await createPerson(db, { name: 'Twin', groups: ['B', 'C'] });
    const bob = await createPerson(db, { name: 'Bob', groups: ['C'] });
    expect(await counts()).toEqual({ A: 1, B: 2, C: 2 });
    expect((await mergePeople(db, { from: twin.id, into: ada.id })).groups).toEqual(['A', 'B', 'C']);
    expect(await counts()).toEqual({ A: 1, B: 1, C: 2 });
    await deletePerson(db, ada.id);
    expect(await counts()).toEqual({ A: 0, B: 0, C: 1 });
    await deleteGroup(db, await groupNamed('C'));
    expect(await counts()).toEqual({ A: 0, B: 0 });
    expect((await getPerson(db, bob.id)).groups).toEqual([]);
  });

  test('a limited reader is sent its groups, and told of those who left; of nobody else anything', async () => {
    const db = database();
    const enrol = async (name: string, groups: string[]) => {
      const { faceId, person } = await createSample(db, someSample({ uniqueArgs: { user_name: name }, groups }));
      return { faceId, personId: person?.id ?? 0 };
    };
    const [inA] = [await enrol('In A', ['A']), await createGroup(db, { name: 'C' })];
    const inB = await enrol('In B', ['B']);
    const inBoth = await enrol('In both', ['A', 'B']);
    const nowhere = await createSample(db, someSample({ uniqueArgs: { user_name: 'Nowhere' } }));
    const nobodys = await createSample(db, someSample());
    const limit = [await groupNamed('A')];
    let after = 0;
    const next = async (groups: number[] | null = limit) => {
      const page = await readFeed(db, { after, groups });
      after = page.lastUpdatedAt;
      const ids = ({ faceId }: { faceId: number }) => faceId;
      return { faces: page.faces.map(ids), deleted: page.deleted.map(ids) };
    };
    expect(await next()).toEqual({ faces: [inA.faceId, inBoth.faceId], deleted: [] });
    expect(await next()).toEqual({ faces: [], deleted: [] });
    // Somebody else changes: nothing is told, not even that.
    await updatePerson(db, inB.personId, { name: 'Renamed' });
    expect(await next()).toEqual({ faces: [], deleted: [] });
    // One leaves, one comes.
    await updatePerson(db, inA.personId, { groups: ['B'] });
    await updatePerson(db, inB.personId, { groups: ['A', 'B'] });
    expect(await next()).toEqual({ faces: [inB.faceId], deleted: [inA.faceId] });
    // Whoever leaves another group stays.
    await updatePerson(db, inBoth.personId, { groups: ['A'] });
    expect(await next()).toEqual({ faces: [inBoth.faceId], deleted: [] });
    // A reader that was away while a person left and was then renamed is told all the same.
    const seen = after;
    await updatePerson(db, inB.personId, { groups: ['B'] });
    await updatePerson(db, inB.personId, { name: 'Renamed again' });
    expect(await next()).toEqual({ faces: [], deleted: [inB.faceId] });
    after = seen;
    expect(await next()).toEqual({ faces: [], deleted: [inB.faceId] });
    // A sample moves out of the group with a new person, in with another, or is nobody's.
    await updateSample(db, inBoth.faceId, { personId: inB.personId });
    await updateSample(db, nobodys.faceId, { personId: inBoth.personId });
    expect(await next()).toEqual({ faces: [nobodys.faceId], deleted: [inBoth.faceId] });
    await updateSample(db, nobodys.faceId, { personId: null });
    expect(await next()).toEqual({ faces: [], deleted: [nobodys.faceId] });
    // Merging brings the samples of both into the groups of both.
    await mergePeople(db, { from: nowhere.person?.id ?? 0, into: inBoth.personId });
    expect(await next()).toEqual({ faces: [nowhere.faceId], deleted: [] });
    await deleteGroup(db, limit[0] as number);
    expect(await next()).toEqual({ faces: [], deleted: [nowhere.faceId] });
    expect(await next([])).toEqual({ faces: [], deleted: [] });
    after = 0;
    expect((await next(null)).faces).toHaveLength(5);
  });

  test('pages of a limited reader add up to its groups, rare or common, also beyond what is looked through', async () => {
    const db = database();
    const made = await queryRows<{ id: number | string }>(
      db,
      sql`insert into people (name) select 'P' || n from generate_series(1, 6000) as n returning id`,
    );
    const personIds = made.map(({ id }) => Number(id)).sort((a, b) => a - b);
    await db.execute(sql`
      insert into samples (person_id, encoding, model, position, quality, updated_at)
      select id, decode(repeat('00', 512), 'hex'), ${'dlib-resnet-v1/mesh-1'}, '{}', '{"score": 1}',
        (select last from feed) + row_number() over (order by id)
      from people`);
    await db.execute(sql`update feed set last = (select max(updated_at) from samples)`);
    for (const every of [2, 500, 5000]) {
      const { id: groupId } = await createGroup(db, { name: `Every ${every}` });
      const members = personIds.filter((_, at) => at % every === every - 1);
      await changeMembers(db, { groupId, member: true, who: { personIds: members } });
      const read: (number | null)[] = [];
      for (let after = 0, hasMore = true; hasMore; ) {
        const page = await readFeed(db, { after, limit: 700, groups: [groupId] });
        read.push(...page.faces.map(({ personId }) => personId));
        expect(page.deleted).toEqual([]);
        ({ lastUpdatedAt: after, hasMore } = page);
      }
      expect(read.toSorted((a, b) => Number(a) - Number(b))).toEqual(members);
    }
  });

  test('limited credentials read, change and enrol only in their groups', async () => {
    const db = database();
    const ada = await createSample(db, someSample({ uniqueArgs: { user_id: 'a', user_name: 'Ada' }, groups: ['A'] }));
    const bob = await createSample(db, someSample({ uniqueArgs: { user_id: 'b', user_name: 'Bob' }, groups: ['B'] }));
    await createSample(db, someSample());
    const a = await groupNamed('A');
    const caller = limitedTo(a);
    const person = (sample: typeof ada) => sample.person?.id ?? 0;
    expect((await listPeople(db, { caller })).people.map(({ name }) => name)).toEqual(['Ada']);
    expect((await listSamples(db, { caller })).samples.map(({ faceId }) => faceId)).toEqual([ada.faceId]);
    expect((await listGroups(db, { caller })).map(({ name }) => name)).toEqual(['A']);
    await expect(getPerson(db, person(bob), caller)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(requireSample(db, bob.faceId, caller)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(deletePerson(db, person(bob), caller)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(updatePerson(db, person(bob), { groups: ['A'] }, caller)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(updateSample(db, ada.faceId, { personId: person(bob) }, caller)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(updateSample(db, ada.faceId, { personId: null }, caller)).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    const enrol = (name: string, groups?: string[], personId?: number) =>
      createSample(db, someSample({ uniqueArgs: { user_name: name }, groups, personId }), caller);
    await expect(enrol('Bob', undefined, person(bob))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(createSample(db, someSample({ uniqueArgs: { user_id: 'b' } }), caller)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(enrol('New', ['B'])).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(enrol('New', ['Made up'])).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(createSample(db, someSample(), caller)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const made = await enrol('New');
    expect((await getPerson(db, person(made), caller)).groups).toEqual(['A']);
    // What others say of the person's groups stays.
    await updatePerson(db, person(ada), { groups: ['A', 'B'] });
    expect((await updatePerson(db, person(ada), { groups: ['A'] }, caller)).groups).toEqual(['A']);
    expect((await getPerson(db, person(ada))).groups).toEqual(['A', 'B']);
    await expect(updatePerson(db, person(ada), { groups: [] }, caller)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(enrol('Newer', undefined)).resolves.toBeDefined();
    await deleteGroup(db, a);
    await expect(
      createSample(db, someSample({ uniqueArgs: { user_name: 'Late' } }), limitedTo()),
    ).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  test('a group that is deleted leaves those limited to it with less, never with everybody', async () => {
    const db = database();
    const { id: one } = await createGroup(db, { name: 'One' });
    const { id: two } = await createGroup(db, { name: 'Two' });
    await createKey(db, { name: 'both', scopes: ['sync'], groupIds: [one, two] });
    await createKey(db, { name: 'one', scopes: ['sync'], groupIds: [one] });
    await createKey(db, { name: 'all', scopes: ['sync'] });
    await createDevice(db, { name: 'Gate', groupIds: [one] });
    await deleteGroup(db, one);
    const keys = await db
      .select({ name: apiKeys.name, groupIds: apiKeys.groupIds })
      .from(apiKeys)
      .orderBy(apiKeys.name);
    expect(keys).toEqual([
      { name: 'all', groupIds: null },
      { name: 'both', groupIds: [two] },
      { name: 'one', groupIds: [] },
    ]);
    expect(await db.select({ groupIds: devices.groupIds }).from(devices)).toEqual([{ groupIds: [] }]);
  });

  test('all who match a filter join and leave, each once, beyond one portion', async () => {
    const db = database();
    for (let i = 0; i < 3; i++) await createPerson(db, { name: `Kim ${i}`, groups: ['Old'] });
    await db.execute(sql`
      insert into people (name, words) select 'Lee ' || n, ('''lee'' ''' || n || '''')::tsvector from generate_series(1, 450) as n`);
    const { id: groupId } = await createGroup(db, { name: 'New' });
    expect(await changeMembers(db, { groupId, member: true, who: { search: 'lee' } })).toBe(450);
    expect(await changeMembers(db, { groupId, member: true, who: {} })).toBe(3);
    expect(await changeMembers(db, { groupId, member: true, who: {} })).toBe(0);
    expect(await counts()).toEqual({ New: 453, Old: 3 });
    const old = await groupNamed('Old');
    expect(await changeMembers(db, { groupId, member: false, who: { groupId: old } })).toBe(3);
    expect(await changeMembers(db, { groupId, member: false, who: { groupId } })).toBe(450);
    expect(await counts()).toEqual({ New: 0, Old: 3 });
    await expect(changeMembers(db, { groupId: 999, member: true, who: {} })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    // Somebody who is not there is left out.
    expect(await changeMembers(db, { groupId, member: true, who: { personIds: [999_999] } })).toBe(0);
  });

  test('people are listed by group, in both orders, page by page, with words or without', async () => {
    const db = database();
    for (let i = 0; i < 5; i++) {
      await createPerson(db, { name: `Kim ${4 - i}`, groups: i % 2 === 0 ? ['Even', 'All'] : ['All'] });
    }
    const even = await groupNamed('Even');
    for (const [order, expected] of [
      ['newest', ['Kim 0', 'Kim 2', 'Kim 4']],
      ['name', ['Kim 0', 'Kim 2', 'Kim 4']],
    ] as const) {
      const first = await listPeople(db, { groupId: even, order, limit: 2 });
      const second = await listPeople(db, { groupId: even, order, limit: 2, cursor: first.nextCursor ?? '' });
      expect([...first.people, ...second.people].map(({ name }) => name)).toEqual(expected);
      expect(second.nextCursor).toBeNull();
    }
    const found = await listPeople(db, { groupId: even, search: 'kim 2' });
    expect(found.people.map(({ name, groups }) => [name, groups])).toEqual([['Kim 2', ['All', 'Even']]]);
    expect((await listPeople(db, { groupId: even, search: 'kim 3' })).people).toEqual([]);
  });
});
