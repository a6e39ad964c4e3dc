import { KithClient } from '@kith/sdk';
import { listAudit } from '@/lib/shared/contract/audit';
import { recordEvents } from '@/lib/shared/contract/events';
import { deleteFace, enrolFace, listFaces } from '@/lib/shared/contract/faces';
import { createKey } from '@/lib/shared/contract/keys';
import { createPerson, deletePerson, listPeople } from '@/lib/shared/contract/people';
import type { Client } from '../fixtures/client';
import { type LosingProxy, startLosingProxy } from '../fixtures/losingProxy';
import { PHOTOS, photoDataUrl, readPhoto } from '../fixtures/photos';
import { expect, test } from '../fixtures/test';

const keyed = (key: string) => ({ headers: { 'Idempotency-Key': key } });
const samplesOf = async (client: Client, q: string) =>
  ((await client.call(listFaces, { query: { q } })).body.faces as unknown[]).length;

test.describe('a client whose answers are lost', () => {
  let proxy: LosingProxy;
  test.beforeEach(async ({ kith }) => {
    proxy = await startLosingProxy(kith.url);
  });
  test.afterEach(() => proxy.close());

  test('makes one sample, and gets the first answer', async ({ kith, client }) => {
    const sdk = new KithClient({ url: proxy.url, key: kith.key });
    const { body: log } = await client.call(listAudit, { query: { action: 'sample.create' } });
    proxy.lose(2);
    const enrolled = await sdk.faces.enrol(await readPhoto(PHOTOS.franck[0]), { unique_args: { user_name: 'Lost' } });
    expect(enrolled).toMatchObject({ duplicate: false, person: { name: 'Lost' }, similar: [] });
    expect(proxy.keys).toHaveLength(3);
    expect(new Set(proxy.keys).size).toBe(1);
    expect(await samplesOf(client, 'Lost')).toBe(1);
    const { body: after } = await client.call(listAudit, { query: { action: 'sample.create' } });
    expect((after.entries as unknown[]).length).toBe((log.entries as unknown[]).length + 1);

    // Another call is another write. Its response says that the picture is already there.
    const again = await sdk.faces.enrol(await readPhoto(PHOTOS.franck[0]), { unique_args: { user_name: 'Lost' } });
    expect(again).toMatchObject({ duplicate: true, face_id: enrolled.face_id });
    expect(new Set(proxy.keys).size).toBe(2);
  });

  test('makes one person, erases once, and hands in events once', async ({ kith, client }) => {
    const sdk = new KithClient({ url: proxy.url, key: kith.key });
    proxy.lose(1);
    const person = await sdk.people.create({ name: 'Written once' });
    expect((await client.call(listPeople, { query: { q: 'Written once' } })).body.people).toHaveLength(1);
    proxy.lose(1);
    expect(await sdk.people.change(person.person_id, { notes: 'kept' })).toMatchObject({ notes: 'kept' });
    proxy.lose(1);
    // Without a key, the second request would fail because the person no longer exists.
    expect(await sdk.people.delete(person.person_id)).toEqual({ deleted_faces: 0 });
    proxy.lose(1);
    const event = { id: crypto.randomUUID(), at: new Date().toISOString(), trust: 60 };
    expect(await sdk.events.record([event])).toEqual({ accepted: 1, duplicates: 0, rejected: [] });
  });
});

test('equal keys at once make one, and all get its answer in the end', async ({ kith, client }) => {
  const sdk = new KithClient({ url: kith.url, key: kith.key });
  const options = { idempotencyKey: 'a-night-of-retries' };
  const made = await Promise.all(Array.from({ length: 6 }, () => sdk.people.create({ name: 'At once' }, options)));
  expect(new Set(made.map(({ person_id }) => person_id)).size).toBe(1);
  expect((await client.call(listPeople, { query: { q: 'At once' } })).body.people).toHaveLength(1);
  const photo = await readPhoto(PHOTOS.cage[0]);
  const enrolled = await Promise.all(
    Array.from({ length: 3 }, () => sdk.faces.enrol(photo, { unique_args: { user_name: 'Nick' } }, options)).map(
      (call) => call.catch((error: unknown) => error),
    ),
  );
  // The key was used for another request.
  for (const error of enrolled) expect(error).toMatchObject({ status: 409, errorType: 1300 });
  expect(await samplesOf(client, 'Nick')).toBe(0);
});

test('a key is its caller’s, and of one request', async ({ client }) => {
  const key = crypto.randomUUID();
  const first = await client.call(createPerson, { fields: { name: 'Mine' }, ...keyed(key) });
  const again = await client.call(createPerson, { form: 'urlencoded', fields: { name: 'Mine' }, ...keyed(key) });
  expect(again).toMatchObject({ status: 201, body: first.body });
  expect(first.headers.get('idempotency-replayed')).toBeNull();
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  const changed = await client.call(createPerson, { fields: { name: 'Other' }, ...keyed(key) });
  expect(changed).toMatchObject({ status: 409, body: { error_type: 1300, field: 'Idempotency-Key' } });
  expect(changed.headers.get('retry-after')).toBeNull();
  const { body: made } = await client.call(createKey, { fields: { name: 'Another', scopes: ['faces:write'] } });
  const theirs = await client.call(createPerson, { fields: { name: 'Mine' }, key: String(made.key), ...keyed(key) });
  expect(theirs.status).toBe(201);
  expect(theirs.body.person_id).not.toBe(first.body.person_id);
  for (const bad of ['', 'x'.repeat(256), 'a b']) {
    const refused = await client.call(createPerson, { fields: { name: 'Bad' }, ...keyed(bad) });
    expect(refused.body, bad).toMatchObject({ error_type: 1000, field: 'Idempotency-Key' });
  }
});

test('a failure is not remembered, and what was erased does not come back', async ({ client }) => {
  const key = crypto.randomUUID();
  const image_url = await photoDataUrl(PHOTOS.nobody[0]);
  expect((await client.call(enrolFace, { fields: { image_url }, ...keyed(key) })).status).toBe(422);
  const fields = { image_url: await photoDataUrl(PHOTOS.audrey[0]), unique_args: { user_name: 'Audrey' } };
  const { body } = await client.call(enrolFace, { fields, ...keyed(key) });
  expect(body.duplicate).toBe(false);
  await client.call(deletePerson, { params: { person_id: (body.person as { person_id: number }).person_id } });
  const again = await client.call(enrolFace, { fields, ...keyed(key) });
  expect(again).toMatchObject({ status: 404, body: { error_type: 1200 } });
  expect(JSON.stringify(again.body)).not.toContain('Audrey');
  expect(await samplesOf(client, 'Audrey')).toBe(0);
});

test('a deletion and events that are sent again get their first answers', async ({ client }) => {
  const { body } = await client.call(enrolFace, { fields: { image_url: await photoDataUrl(PHOTOS.connery[0]) } });
  const [one, two] = [crypto.randomUUID(), crypto.randomUUID()];
  const fields = { face_id: body.face_id };
  expect((await client.call(deleteFace, { fields, ...keyed(one) })).status).toBe(200);
  expect((await client.call(deleteFace, { fields, ...keyed(one) })).status).toBe(200);
  expect((await client.call(deleteFace, { fields })).status).toBe(404);
  const events = [{ id: crypto.randomUUID(), at: '2026-01-01T00:00:00Z', trust: 50 }];
  const sent = (sent_at: string) => client.call(recordEvents, { fields: { events, sent_at }, ...keyed(two) });
  const first = await sent('2026-01-01T00:00:01Z');
  // Time passes between two attempts.
  expect((await sent('2026-01-01T00:00:09Z')).body).toEqual(first.body);
});
