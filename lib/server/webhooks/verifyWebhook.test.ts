import { verifyWebhook, WebhookError } from '@kith/sdk';
import { expect, test } from 'vitest';
import { makeSecret, signedHeaders } from './sign';

const now = Date.parse('2026-11-30T12:00:00Z');
const body = '{"type":"recognised","timestamp":"2026-11-30T12:00:00Z","data":{"trust":97}}';
const [secret, before] = [makeSecret(), makeSecret()];

const sign = (secrets: string[], seconds = now / 1000) =>
  signedHeaders({ id: 'a-b-c', timestamp: seconds, body, secrets });
const verify = (headers: Record<string, string>, text: string | Uint8Array = body, key = secret) =>
  verifyWebhook(text, headers, key, now);

test('what the server signs, the SDK accepts: as text, as bytes, with Headers, and while the secret is rotated', async () => {
  const posted = { type: 'recognised', timestamp: '2026-11-30T12:00:00Z', data: { trust: 97 } };
  expect(await verify(sign([secret]))).toEqual(posted);
  expect(await verify(sign([secret]), new TextEncoder().encode(body))).toEqual(posted);
  expect(await verifyWebhook(body, new Headers(sign([secret])), secret, now)).toEqual(posted);
  expect(await verify(sign([before, secret]))).toEqual(posted);
  expect(await verify(sign([secret], now / 1000 + 300))).toEqual(posted);
});

test.each<[string, () => Promise<unknown>, string]>([
  ['another secret', () => verify(sign([before])), 'webhook-signature'],
  ['a changed body', () => verify(sign([secret]), `${body} `), 'webhook-signature'],
  ['another id', () => verify({ ...sign([secret]), 'webhook-id': 'a-b-d' }), 'webhook-signature'],
  ['an old post', () => verify(sign([secret], now / 1000 - 301)), 'webhook-timestamp'],
  ['a time that is none', () => verify({ ...sign([secret]), 'webhook-timestamp': 'now' }), 'webhook-timestamp'],
  ['no headers', () => verify({}), 'webhook-id is missing'],
  [
    'a signature that is no base64',
    () => verify({ ...sign([secret]), 'webhook-signature': 'v1,%' }),
    'webhook-signature',
  ],
  ['a secret that is none', () => verify(sign([secret]), body, 'whsec_%'), 'The secret'],
])('%s is refused with the reason', async (_, attempt, reason) => {
  await expect(attempt()).rejects.toThrow(WebhookError);
  await expect(attempt()).rejects.toThrow(reason);
});
