import { readFace } from '../../lib/contract/faces';
import { createKey, revokeKey } from '../../lib/contract/keys';
import type { Operation } from '../../lib/contract/operation';
import { OPERATIONS } from '../../lib/contract/operations';
import { SCOPES, type Scope } from '../../lib/contract/scopes';
import type { Client } from '../fixtures/client';
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
      SCOPES.filter((other) => other !== scope),
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
