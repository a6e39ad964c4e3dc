import { MATCHING_VERSION } from '@kith/sdk';
import { contactDevice, createDevice, pairDevice } from '@/lib/shared/contract/devices';
import {
  deleteFace,
  detectFaces,
  enrolFace,
  listFaces,
  matchFaces,
  readFace,
  updateFace,
  verifyFace,
} from '@/lib/shared/contract/faces';
import { createImport } from '@/lib/shared/contract/imports';
import { createKey, revokeKey } from '@/lib/shared/contract/keys';
import type { Operation } from '@/lib/shared/contract/operation';
import { OPERATIONS } from '@/lib/shared/contract/operations';
import { listPeople, mergePeople, readPerson, updatePerson } from '@/lib/shared/contract/people';
import { SCOPES, type Scope } from '@/lib/shared/contract/scopes';
import type { Client } from '../fixtures/client';
import { enrol } from '../fixtures/enrol';
import { PHOTOS, photoDataUrl } from '../fixtures/photos';
import { expect, test } from '../fixtures/test';

/** Calls that need credentials, with a number for each path parameter. */
const GUARDED = OPERATIONS.filter((operation): operation is Operation & { scope: Scope } => operation.scope !== null);
const paramsOf = ({ path }: Operation) =>
  Object.fromEntries([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name as string, 1]));

const keyWith = async (client: Client, scopes: readonly Scope[], more: Record<string, unknown> = {}) => {
  const { status, body } = await client.call(createKey, { fields: { name: scopes.join(' '), scopes, ...more } });
  expect(status).toBe(201);
  return { key: String(body.key), key_id: Number(body.key_id) };
};

test('every call that needs credentials asks for them', async ({ client }) => {
  for (const operation of GUARDED) {
    for (const key of [null, 'kith_wrong']) {
      const { status, body, headers } = await client.call(operation, { params: paramsOf(operation), key });
      expect(status, operation.id).toBe(401);
      expect(body.error_type, operation.id).toBe(1100);
      expect(headers.get('www-authenticate'), operation.id).toBe('Bearer');
    }
  }
});

test('every call refuses a key that has all scopes but its own', async ({ client }) => {
  const keys = new Map<Scope, string>();
  for (const scope of SCOPES) {
    const { key } = await keyWith(
      client,
      // A test below checks what `faces:enrol` allows.
      SCOPES.filter((other) => other !== scope && other !== 'faces:enrol'),
    );
    keys.set(scope, key);
  }
  for (const operation of GUARDED) {
    const key = keys.get(operation.scope) ?? '';
    const { status, body } = await client.call(operation, { params: paramsOf(operation), key });
    expect(status, operation.id).toBe(403);
    expect(body, operation.id).toMatchObject({ error_type: 1101, scope: operation.scope });
  }
});

test('the one scope is enough, in either header', async ({ client }) => {
  const { key } = await keyWith(client, ['faces:read']);
  const query = { face_id: 1 };
  expect((await client.call(readFace, { query, key })).status).toBe(404);
  expect((await client.call(readFace, { query, key: null, headers: { 'X-API-Key': key } })).status).toBe(404);
});

test('a key that was revoked, or whose time is over, is none', async ({ client }) => {
  const query = { face_id: 1 };
  const revoked = await keyWith(client, ['faces:read']);
  await client.call(revokeKey, { params: { key_id: revoked.key_id } });
  expect((await client.call(readFace, { query, key: revoked.key })).status).toBe(401);
  const expired = await keyWith(client, ['faces:read'], { expires_at: '2020-01-01T00:00:00Z' });
  expect((await client.call(readFace, { query, key: expired.key })).status).toBe(401);
});

/** Pairs a new phone that may enrol. */
async function pairEnrolling(client: Client, name: string): Promise<string> {
  const { body: made } = await client.call(createDevice, { fields: { name, allow_enrolment: true } });
  const { body } = await client.call(pairDevice, { fields: { pairing_code: made.pairing_code }, key: null });
  expect(body.scopes).toContain('faces:enrol');
  return String(body.token);
}

test('a phone that matches by an older rule gets a threshold that nobody reaches', async ({ client }) => {
  const key = await pairEnrolling(client, 'Old page');
  const contact = async (fields: Record<string, unknown>) => {
    const state = { gallery_version: 0, gallery_faces: 0, waiting_events: 0 };
    return (await client.call(contactDevice, { fields: { ...state, ...fields }, key })).body;
  };
  // Pages from before versions of matching report none.
  expect(await contact({})).toMatchObject({ match_trust: 100, matching: MATCHING_VERSION });
  expect(await contact({ matching: MATCHING_VERSION - 1 })).toMatchObject({ match_trust: 100 });
  const current = await contact({ matching: MATCHING_VERSION });
  expect(current.match_trust).toBeLessThan(100);
});

/** Returns the fields that a call needs before it looks for the sample or the person. */
async function fieldsFor({ id }: Operation, of: { face_id: number }): Promise<Record<string, unknown> | undefined> {
  const image_url = await photoDataUrl(PHOTOS.cage[0]);
  if (id === 'updateFace') return { face_id: of.face_id, image_url };
  if (id === 'deleteFace') return { face_id: of.face_id };
  if (id === 'changeFace') return { unique_args: { user_name: 'Taken over' } };
  if (id === 'updatePerson') return { name: 'Taken over' };
  return undefined;
}

test('a device that may enrol reads, changes and erases nobody that others added, by any call', async ({ client }) => {
  const token = await pairEnrolling(client, 'Gate');
  const face_id = await enrol(client, PHOTOS.franck[0], 'theirs');
  const before = (await client.call(readFace, { query: { face_id } })).body;
  const { person_id } = before.person as { person_id: number };
  const allowed = new Set<Scope>(['sync', 'events:write', 'faces:enrol']);
  for (const operation of GUARDED.filter(({ scope }) => !allowed.has(scope))) {
    const { status, body } = await client.call(operation, {
      params: { ...paramsOf(operation), face_id, person_id },
      query: operation.id === 'readFace' ? { face_id } : {},
      fields: await fieldsFor(operation, { face_id }),
      key: token,
    });
    if (!operation.orOwn) expect([status, body.scope], operation.id).toEqual([403, operation.scope]);
    // These calls create something, and need fields.
    else if (['enrolFace', 'createPerson'].includes(operation.id)) expect(status, operation.id).not.toBe(403);
    else expect(status, operation.id).toBe(404);
  }
  for (const operation of [matchFaces, detectFaces, verifyFace, listFaces, listPeople, mergePeople, createImport]) {
    expect((await client.call(operation, { key: token })).status, operation.id).toBe(403);
  }
  expect((await client.call(readFace, { query: { face_id } })).body).toEqual(before);
  expect((await client.call(readPerson, { params: { person_id } })).body).toMatchObject({ name: 'theirs', samples: 1 });
});

test('a device that may enrol adds nothing to people whom others added, and is told nothing of them', async ({
  client,
}) => {
  const token = await pairEnrolling(client, 'Door');
  const image_url = await photoDataUrl(PHOTOS.connery[0]);
  const asDevice = (fields: Record<string, unknown>) => client.call(enrolFace, { fields, key: token });
  const theirs = await client.call(enrolFace, { fields: { image_url, unique_args: { user_name: 'Sean' } } });
  const { person_id } = theirs.body.person as { person_id: number };
  await client.call(updatePerson, { params: { person_id }, fields: { notes: 'secret' } });

  expect(await asDevice({ image_url, unique_args: { user_name: 'Sean' } })).toMatchObject({
    status: 403,
    body: { error_type: 1101, field: 'unique_args.user_name' },
  });
  expect((await asDevice({ image_url, person_id })).body).toMatchObject({ error_type: 1200 });
  const known = await asDevice({ image_url, unique_args: { user_name: 'New' }, if_known: 'refuse' });
  expect(known.body).toMatchObject({ error_type: 1300 });
  expect(JSON.stringify(known.body)).not.toMatch(/Sean|person_id|face_id/);
  const kept = await asDevice({ image_url, unique_args: { user_name: 'New' } });
  expect(kept).toMatchObject({ status: 200, body: { similar: [], duplicate: false, person: { name: 'New' } } });

  // A device may read the sample that it added, but not one of another device.
  const own = { face_id: Number(kept.body.face_id) };
  const other = await pairEnrolling(client, 'Other');
  for (const [key, status] of [
    [other, 404],
    [token, 200],
  ] as const) {
    expect((await client.call(readFace, { query: own, key })).status).toBe(status);
    const fields = { ...own, image_url: await photoDataUrl(PHOTOS.connery[1]) };
    expect((await client.call(updateFace, { fields, key })).status).toBe(status);
    expect((await client.call(deleteFace, { fields: own, key })).status).toBe(status);
  }
  expect((await client.call(readPerson, { params: { person_id } })).body).toMatchObject({ samples: 1 });
});

test('a key with faces:enrol alone is one too, and the old right stays with faces:write', async ({ client }) => {
  const { key } = await keyWith(client, ['faces:enrol']);
  const theirs = await enrol(client, PHOTOS.audrey[0], 'audrey');
  expect((await client.call(readFace, { query: { face_id: theirs }, key })).status).toBe(404);
  const fields = { image_url: await photoDataUrl(PHOTOS.audrey[0]), unique_args: { user_id: 'mine' } };
  const { body } = await client.call(enrolFace, { fields, key });
  expect(body).toMatchObject({ similar: [], person: { user_id: 'mine' } });
  const { key: writing } = await keyWith(client, ['faces:write', 'faces:enrol']);
  expect((await client.call(deleteFace, { fields: { face_id: body.face_id }, key: writing })).status).toBe(200);
});
