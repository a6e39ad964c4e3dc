import { z } from 'zod';
import { integer, timestamp } from './fields';
import { groupLimit, groupLimitInput } from './groups';
import { operation } from './operation';
import { SCOPES } from './scopes';

const scope = z.enum(SCOPES);

export const key = z
  .object({
    key_id: z.int().positive(),
    name: z.string(),
    prefix: z.string().meta({ description: "The key's first characters, to tell keys apart." }),
    scopes: z.array(scope),
    groups: groupLimit,
    created_at: timestamp,
    expires_at: timestamp.nullable(),
    last_used_at: timestamp.nullable(),
    revoked_at: timestamp.nullable(),
  })
  .meta({ id: 'Key' });

export const listKeys = operation({
  id: 'listKeys',
  method: 'get',
  path: '/api/keys',
  tag: 'Keys',
  summary: 'List API keys',
  description: 'Returns names, scopes and times. The keys themselves are never shown.',
  scope: 'admin',
  answer: z.object({ keys: z.array(key) }).meta({ id: 'ListKeysAnswer' }),
  errors: [],
});

export const createKey = operation({
  id: 'createKey',
  method: 'post',
  path: '/api/keys',
  tag: 'Keys',
  summary: 'Create an API key',
  description: 'The response contains the key. It is never shown again.',
  scope: 'admin',
  body: z
    .strictObject({
      name: z.string().trim().min(1, 'must not be empty').max(100, 'must be at most 100 characters'),
      scopes: z.array(scope).min(1, 'must have at least one scope'),
      groups: groupLimitInput.optional(),
      expires_at: z.iso.datetime({ offset: true, error: 'must be a date and time (RFC 3339)' }).nullable().optional(),
    })
    .refine(({ groups, scopes }) => !groups || !scopes.includes('admin'), {
      path: ['groups'],
      message: 'must be null for a key with the scope admin, which is allowed everything',
    })
    .meta({ id: 'CreateKeyRequest' }),
  answer: key.extend({ key: z.string() }).meta({ id: 'CreatedKey' }),
  status: 201,
  errors: ['NOT_FOUND'],
  audit: ({ answer, body }) => ({
    action: 'key.create',
    subjectKind: 'key',
    subjectId: answer.key_id,
    details: { scopes: body.scopes.join(' '), ...(body.groups && { groups: body.groups.join(' ') }) },
  }),
});

export const revokeKey = operation({
  id: 'revokeKey',
  method: 'delete',
  path: '/api/keys/{key_id}',
  tag: 'Keys',
  summary: 'Revoke an API key',
  description: 'The key stops working immediately, on every server.',
  scope: 'admin',
  params: z.object({ key_id: integer({ min: 1, max: Number.MAX_SAFE_INTEGER }) }),
  answer: z.object({}).meta({ id: 'Empty' }),
  errors: ['NOT_FOUND'],
  audit: ({ params }) => ({ action: 'key.revoke', subjectKind: 'key', subjectId: params.key_id }),
});
