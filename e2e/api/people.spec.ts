import * as people from '@/lib/shared/contract/people';
import { expect, test } from '../fixtures/test';

test('a person is created, read, changed, listed and erased', async ({ client }) => {
  const created = await client.call(people.createPerson, {
    fields: { user_id: 'u-1', name: 'Ada Lovelace', notes: 'First', consent_given_at: '2026-01-02T03:04:05+01:00' },
  });
  expect(created.status).toBe(201);
  expect(created.body).toMatchObject({
    user_id: 'u-1',
    name: 'Ada Lovelace',
    consent_given_at: '2026-01-02T02:04:05.000Z',
    consent_until: null,
    samples: 0,
    best_face_id: null,
  });
  const params = { person_id: Number(created.body.person_id) };

  const changed = await client.call(people.updatePerson, { params, fields: { name: 'Ada King', notes: null } });
  expect(changed.body).toMatchObject({ name: 'Ada King', notes: null, user_id: 'u-1' });
  expect((await client.call(people.readPerson, { params })).body).toEqual(changed.body);

  const found = await client.call(people.listPeople, { query: { q: 'ada ki' } });
  expect(found.body).toEqual({ people: [changed.body], next_cursor: null });

  expect((await client.call(people.deletePerson, { params })).body).toEqual({ deleted_faces: 0 });
  const gone = await client.call(people.readPerson, { params });
  expect(gone.status).toBe(404);
  expect(gone.body.error_type).toBe(1200);
});

test('a form does as well as JSON', async ({ client }) => {
  const form = await client.call(people.createPerson, { form: 'urlencoded', fields: { name: 'Grace Hopper' } });
  expect(form.body).toMatchObject({ name: 'Grace Hopper', user_id: null });
  const multipart = await client.call(people.createPerson, { form: 'multipart', fields: { name: 'Mary Jackson' } });
  expect(multipart.body).toMatchObject({ name: 'Mary Jackson' });
});

test('pages follow each other without gap or repetition', async ({ client }) => {
  for (let i = 0; i < 5; i++) await client.call(people.createPerson, { fields: { name: `Paged ${i}` } });
  const names: unknown[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: Record<string, string | number> = { q: 'paged', order: 'name', limit: 2, ...(cursor && { cursor }) };
    const { body } = await client.call(people.listPeople, { query });
    names.push(...(body.people as { name: string }[]).map(({ name }) => name));
    cursor = body.next_cursor as string | null;
  }
  expect(names).toEqual([0, 1, 2, 3, 4].map((i) => `Paged ${i}`));
});

test('two people cannot have one user_id', async ({ client }) => {
  await client.call(people.createPerson, { fields: { user_id: 'taken' } });
  const second = await client.call(people.createPerson, { fields: { user_id: 'taken' } });
  expect(second.status).toBe(409);
  expect(second.body.error_type).toBe(1300);
});

test('merging keeps what the survivor lacks, and the other user_id goes on finding them', async ({ client }) => {
  const from = await client.call(people.createPerson, { fields: { user_id: 'old', name: 'Old name', notes: 'A' } });
  const into = await client.call(people.createPerson, { fields: { user_id: 'new', notes: 'B' } });
  const ids = { from: from.body.person_id, into: into.body.person_id };
  const merged = await client.call(people.mergePeople, { fields: ids });
  expect(merged.body).toMatchObject({ person_id: ids.into, user_id: 'new', name: 'Old name', notes: 'B\n\nA' });
  expect((await client.call(people.readPerson, { params: { person_id: Number(ids.from) } })).status).toBe(404);
  expect((await client.call(people.createPerson, { fields: { user_id: 'old' } })).status).toBe(409);
  expect((await client.call(people.mergePeople, { fields: { from: ids.into, into: ids.into } })).body).toMatchObject({
    error_type: 1000,
    field: 'into',
  });
});

test('what is wrong is named', async ({ client }) => {
  const refused = [
    [{ user_id: '' }, 'user_id'],
    [{ name: 'x'.repeat(201) }, 'name'],
    [{ name: 7 }, 'name'],
    [{ consent_until: 'tomorrow' }, 'consent_until'],
  ] as const;
  for (const [fields, field] of refused) {
    const { status, body } = await client.call(people.createPerson, { fields });
    expect(status).toBe(400);
    expect(body).toMatchObject({ error_type: 1000, field });
    expect(body.error_message).toContain(field);
  }
  for (const person_id of ['0', '-1', 'x', '1.5', '9'.repeat(20)]) {
    expect((await client.call(people.readPerson, { params: { person_id } })).body.field).toBe('person_id');
  }
  expect((await client.call(people.listPeople, { query: { cursor: 'nonsense' } })).body.field).toBe('cursor');
});
