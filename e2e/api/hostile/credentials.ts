import type { ErrorCode } from '@/lib/shared/contract/errors';
import type { HostileCase } from './hostileCase';
import { send } from './send';

const WRONG: [name: string, headers: Record<string, string>][] = [
  ['none', {}],
  ['a wrong key', { authorization: 'Bearer wrong' }],
  ['an empty key', { authorization: 'Bearer ' }],
  ['no scheme', { authorization: 'key' }],
  ['another scheme', { authorization: 'Basic YWRtaW46YWRtaW4=' }],
  ['a key of 8 KB', { authorization: `Bearer ${'k'.repeat(8_000)}` }],
  ['an unsigned token', { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzY29wZXMiOlsiYWRtaW4iXX0.' }],
  ['SQL', { 'x-api-key': "' OR 1=1 --" }],
  ['an empty X-API-Key', { 'x-api-key': '' }],
  ['bytes that are not ASCII', { 'x-api-key': 'k\u00e9y\u00ff' }],
  ['a middleware’s own header', { 'x-middleware-subrequest': 'middleware:middleware:middleware' }],
  ['a forged peer', { 'x-kith-peer': '127.0.0.1', 'x-forwarded-for': '127.0.0.1' }],
  ['a session that is garbage', { cookie: 'next-auth.session-token=garbage; __Secure-next-auth.session-token=x' }],
];

const PATHS = [
  ['POST', '/face'],
  ['GET', '/face?face_id=1'],
  ['GET', '/faces/sync'],
  ['POST', '/face/match'],
  ['POST', '/face/detect'],
  ['POST', '/face/update'],
  ['POST', '/face/delete'],
  ['POST', '/face/verify'],
  ['GET', '/api/people'],
  ['DELETE', '/api/people/1'],
  ['GET', '/api/faces'],
  ['GET', '/api/metrics'],
] as const;

/** Returns a case for each call and each kind of wrong credentials. */
export function credentialCases(): HostileCase[] {
  return Array.from({ length: Math.max(WRONG.length, PATHS.length) }, (_, index): HostileCase => {
    const [method, path] = PATHS[index % PATHS.length] as (typeof PATHS)[number];
    const [name, headers] = WRONG[index % WRONG.length] as (typeof WRONG)[number];
    const expected: ErrorCode[] = ['UNAUTHENTICATED'];
    return {
      name: `${method} ${path} with credentials: ${name}`,
      expected,
      send: ({ origin }) =>
        send({
          origin,
          method,
          path,
          headers: { ...headers, ...(method === 'POST' ? { 'content-type': 'application/json' } : {}) },
          body: method === 'POST' ? '{"image_url":"data:,","face_id":1}' : undefined,
        }),
    };
  }).concat({
    name: 'GET /faces/sync with credentials: the key in the query',
    expected: ['UNAUTHENTICATED'],
    send: ({ origin, key }) => send({ origin, method: 'GET', path: `/faces/sync?api_key=${key}` }),
  });
}
