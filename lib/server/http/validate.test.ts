import { expect, test } from 'vitest';
import type { z } from 'zod';
import { KithError } from '@/lib/shared/contract/errors';
import { recordEvents } from '@/lib/shared/contract/events';
import { enrolFace, matchFaces } from '@/lib/shared/contract/faces';
import { syncFaces } from '@/lib/shared/contract/feed';
import { createImport } from '@/lib/shared/contract/imports';
import { parseBody } from './parseBody';
import { validate } from './validate';

/** What a caller is told. */
function refusal(schema: z.ZodType | undefined, value: unknown): [string, unknown] {
  try {
    validate(schema as z.ZodType, value);
  } catch (error) {
    if (error instanceof KithError) return [error.message, error.details?.field];
  }
  throw new Error('it was taken');
}

const image_url = 'https://a.test/b.jpg';
const event = { id: crypto.randomUUID(), at: '2026-01-01T00:00:00Z', trust: 60 };

test.each<[z.ZodType | undefined, object, field: string, advice: string]>([
  [enrolFace.body, { imageurl: image_url }, 'imageurl', 'Did you mean image_url?'],
  [enrolFace.body, { imageUrl: image_url }, 'imageUrl', 'Did you mean image_url?'],
  [enrolFace.body, { image_url, unique_arg: {} }, 'unique_arg', 'Did you mean unique_args?'],
  [enrolFace.body, { image_url, selct: 'largest' }, 'selct', 'Did you mean select?'],
  [enrolFace.body, { file: new Uint8Array(1) }, 'file', 'Send a file as the field image'],
  [enrolFace.body, { imageBase64: 'iVBO' }, 'imageBase64', 'data:image/jpeg;base64,'],
  [enrolFace.body, { url: image_url }, 'url', 'Send the address as image_url.'],
  [enrolFace.body, { image_url, user_id: '7' }, 'user_id', 'inside unique_args'],
  [enrolFace.body, { image_url, 'unique_args[user_id]': '7' }, 'unique_args[user_id]', 'Send unique_args as one field'],
  [matchFaces.body, { image_url, threshold: 0.6 }, 'threshold', 'min_trust'],
  [
    matchFaces.body,
    { image_url, xyzzy: 1 },
    'xyzzy',
    'Known are image_url, image, limit, min_trust, groups, record, source.',
  ],
  [recordEvents.body, { events: [event, { ...event, trusts: 1 }] }, 'events.1.trusts', 'Did you mean trust?'],
  [createImport.body, { rows: [{ image_url, userid: 1 }] }, 'rows.0.userid', 'inside unique_args'],
  [syncFaces.query, { last_updated: '0' }, 'last_updated', 'Did you mean last_updated_at?'],
  [syncFaces.query, { limits: '5' }, 'limits', 'Did you mean limit?'],
])('%# an unknown field is named, with what to send instead', (schema, value, field, advice) => {
  const [message, named] = refusal(schema, value);
  expect(named).toBe(field);
  expect(message.startsWith(`${field} is not known here. `)).toBe(true);
  expect(message).toContain(advice);
});

test('a field inside a position is named too, and unique_args is free', () => {
  const position = { top: 1, left: 2, bottom: 3, right: 4 };
  expect(refusal(enrolFace.body, { image_url, position: { ...position, width: 2 } })[0]).toContain('width');
  expect(() =>
    validate(enrolFace.body as z.ZodType, { image_url, position, unique_args: { any: { thing: 1 } } }),
  ).not.toThrow();
});

test.each([
  ['1700000000', 'looks like seconds'],
  ['1700000000.25', 'looks like seconds'],
  ['1', 'looks like seconds'],
  ['99999999999', 'looks like seconds'],
  ['1700000000000.5', 'without a fraction'],
  ['-1', 'whole Unix milliseconds'],
  ['1e12', 'whole Unix milliseconds'],
  ['', 'whole Unix milliseconds'],
  ['9007199254740993', 'must be at most'],
])('last_updated_at=%s is told from a number of the feed', (last_updated_at, words) => {
  const [message, field] = refusal(syncFaces.query, { last_updated_at });
  expect(field).toBe('last_updated_at');
  expect(message).toContain(words);
});

test.each(['0', '100000000000', '1700000000000'])('last_updated_at=%s is one', (last_updated_at) => {
  expect(validate(syncFaces.query as z.ZodType, { last_updated_at })).toMatchObject({
    last_updated_at: Number(last_updated_at),
  });
});

test.each([
  ['application/x-www-form-urlencoded', '{"image_url":"https://a.test/b.jpg"}'],
  ['application/x-www-form-urlencoded', ' \n{"a":1}'],
  ['application/x-www-form-urlencoded; charset=utf-8', '[1]'],
  ['application/x-www-form-urlencoded', '%7B%22a%22%3A1%7D'],
  ['text/plain', '{"a":1}'],
  [null, '{"a":1}'],
])('JSON that came as %s is told to say so', (type, body) => {
  expect(() => parseBody(Buffer.from(body), type)).toThrow(/looks like JSON.*Content-Type: application\/json/);
});
