import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { closeDatabase, database } from '@/lib/server/platform/database';
import { KithError } from '@/lib/shared/contract/errors';
import { imageFile, imageUrl, uniqueArgsInput } from '@/lib/shared/contract/fields';
import { operation } from '@/lib/shared/contract/operation';
import { methods, unknownPath } from './methods';
import { type Context, type RouteHandler, route } from './route';

const KEY = 'a-key-for-these-tests';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kith-route-'));
  vi.stubEnv('DATA_DIR', directory);
  vi.stubEnv('API_KEY', KEY);
  vi.stubEnv('MAX_IMAGE_BYTES', '4096');
  vi.stubEnv('INFERENCE_QUEUE', '0');
  await database();
});

afterAll(async () => {
  await closeDatabase();
  await rm(directory, { recursive: true });
});

const echo = operation({
  id: 'echo',
  method: 'post',
  path: '/echo',
  tag: 'Test',
  summary: 'Answers what it understood',
  scope: 'match',
  body: z.object({
    image_url: imageUrl.optional(),
    image: imageFile.optional(),
    unique_args: uniqueArgsInput.optional(),
    face_id: z.number().optional(),
  }),
  answer: z.looseObject({}),
  errors: [],
});

const handler = route(echo, async ({ body }) => ({
  ...body,
  ...(body.image && { image: Buffer.from(body.image).toString('utf8') }),
}));

const call = (init: RequestInit & { duplex?: 'half' }, to: RouteHandler = handler, query = '') =>
  to(
    new Request(`http://kith.test/echo${query}`, {
      method: 'POST',
      ...init,
      headers: { Authorization: `Bearer ${KEY}`, ...init.headers },
    }),
    { params: Promise.resolve({}) },
  );

const json = (body: unknown, to?: RouteHandler) =>
  call(
    { body: typeof body === 'string' ? body : JSON.stringify(body), headers: { 'Content-Type': 'application/json' } },
    to,
  );

const form = (body: string | Uint8Array<ArrayBuffer>) =>
  call({ body, headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });

const multipart = (body: string | Uint8Array<ArrayBuffer>) =>
  call({ body, headers: { 'Content-Type': 'multipart/form-data; boundary=XX' } });

describe('the three forms of a body', () => {
  const understood = { image_url: 'https://example.org/ü', unique_args: { user_id: 7, deep: [1, 'two'] } };

  test('JSON, with unique_args as an object', async () => {
    const response = await json(understood);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(understood);
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('a form, with unique_args as JSON text and image-url as the other spelling', async () => {
    const fields = new URLSearchParams({
      'image-url': understood.image_url,
      unique_args: JSON.stringify(understood.unique_args),
    });
    expect(await (await form(fields.toString())).json()).toEqual(understood);
  });

  test('multipart, with a file', async () => {
    const body = new FormData();
    body.set('image', new Blob(['picture'], { type: 'image/jpeg' }), 'face.jpg');
    body.set('unique_args', JSON.stringify(understood.unique_args));
    expect(await (await call({ body })).json()).toEqual({ image: 'picture', unique_args: understood.unique_args });
  });

  test('multipart as other clients write it: preamble, unquoted names, padding', async () => {
    const body =
      'hello\r\n--XX \r\ncontent-disposition: form-data; name=image; filename=a.jpg\r\n\r\n--X\r\n--XX--\r\nbye';
    expect(await (await multipart(body)).json()).toEqual({ image: '--X' });
  });
});

describe('what is not taken', () => {
  const refused: [string, () => Promise<Response>, Partial<{ status: number; error_type: number; field: string }>][] = [
    ['JSON that is none', () => json('{'), {}],
    ['a JSON array', () => json('[]'), {}],
    ['JSON null', () => json('null'), {}],
    ['UTF-16', () => call({ body: '{}', headers: { 'Content-Type': 'application/json; charset=utf-16' } }), {}],
    [
      'bytes that are not UTF-8',
      () => call({ body: new Uint8Array([0x7b, 0xff, 0x7d]), headers: { 'Content-Type': 'application/json' } }),
      {},
    ],
    ['another media type', () => call({ body: '<a/>', headers: { 'Content-Type': 'text/xml' } }), {}],
    ['no media type', () => call({ body: new Uint8Array([1]) }), {}],
    [
      'a compressed body',
      () => call({ body: 'x', headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' } }),
      {},
    ],
    ['a wrong type', () => json({ face_id: 'x' }), { field: 'face_id' }],
    ['both spellings at once', () => json({ image_url: 'a', 'image-url': 'b' }), { field: 'image_url' }],
    ['a field twice', () => form('image_url=a&image_url=b'), { field: 'image_url' }],
    ['a broken percent-encoding', () => form('image_url=%E0%A4'), {}],
    ['percent-encoded bytes that are not UTF-8', () => form('image_url=%FF'), {}],
    ['NUL in a form', () => form('image_url=a%00'), { field: 'image_url' }],
    ['unique_args that is no object', () => form('unique_args=[1]'), { field: 'unique_args' }],
    ['unique_args that is no JSON', () => form('unique_args={'), { field: 'unique_args' }],
    ['unique_args over 8 KB', () => json({ unique_args: { a: 'x'.repeat(8192) } }), { field: 'unique_args' }],
    ['a user_id that is an object', () => json({ unique_args: { user_id: {} } }), { field: 'unique_args.user_id' }],
    ['a file given as text', () => json({ image: 'x' }), { field: 'image' }],
    ['multipart without an end', () => multipart('--XX\r\nContent-Disposition: form-data; name="a"\r\n\r\nb'), {}],
    ['multipart without a part', () => multipart('nothing'), {}],
    ['a part without a name', () => multipart('--XX\r\nContent-Disposition: form-data\r\n\r\nb\r\n--XX--'), {}],
    ['a body that is too large', () => json({ image_url: 'x'.repeat(70_000) }), { status: 413 }],
    [
      'a body that is larger than announced',
      () =>
        call({
          body: new ReadableStream({
            pull: (controller) => controller.enqueue(new Uint8Array(4096)),
          }),
          duplex: 'half',
          headers: { 'Content-Type': 'application/json' },
        }),
      { status: 413 },
    ],
  ];

  test.each(refused)('%s', async (_, send, expected) => {
    const response = await send();
    expect(response.status).toBe(expected.status ?? 400);
    const body = await response.json();
    expect(body).toMatchObject({ error_type: 1000, error_message: expect.any(String), request_id: expect.any(String) });
    if (expected.field) {
      expect(body.field).toBe(expected.field);
      expect(body.error_message).toContain(expected.field);
    }
    expect(response.headers.get('x-request-id')).toBe(body.request_id);
  });
});

describe('credentials', () => {
  test('none: 401 with the scheme that would do', async () => {
    const response = await call({ headers: { Authorization: '' } });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await response.json()).toMatchObject({ error_type: 1100 });
  });

  test('X-API-Key does as well', async () => {
    expect((await call({ headers: { Authorization: '', 'X-API-Key': KEY } })).status).toBe(200);
  });

  test('an address that keeps failing has to wait, a good key from it does not', async () => {
    const statuses = new Set<number>();
    for (let i = 0; i < 120; i++) statuses.add((await call({ headers: { Authorization: `Bearer wrong${i}` } })).status);
    expect([...statuses]).toEqual([401, 429]);
    const response = await call({ headers: { Authorization: 'Bearer wrong' } });
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await response.json()).toMatchObject({ error_type: 4000 });
    expect((await json({})).status).toBe(200);
  });
});

describe('errors', () => {
  const failing = (error: unknown) => route(echo, async () => Promise.reject(error));

  test('a KithError is answered as the table says, with its details', async () => {
    const error = new KithError('SEVERAL_FACES', 'Two faces.', { details: { positions: [] } });
    const response = await json({}, failing(error));
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ error_type: 2001, error_message: 'Two faces.', positions: [] });
  });

  test('anything else tells nothing about the inside', async () => {
    const response = await json({}, failing(new Error('password=hunter2 at /srv/kith')));
    expect(response.status).toBe(500);
    expect(JSON.stringify(await response.json())).not.toMatch(/hunter2|srv/);
  });
});

test('a caller who has gone is no failure of the server', async () => {
  const gone = AbortSignal.abort();
  const response = await call(
    { signal: gone },
    route(echo, async ({ signal }) => Promise.reject(signal.reason)),
  );
  expect(response.status).toBe(499);
});

describe('admission', () => {
  const held: (() => void)[] = [];
  afterEach(() => {
    for (const release of held.splice(0)) release();
  });

  test('pictures beyond the queue are refused at once, and taken again later', async () => {
    const slow = route(
      { ...echo, images: 1 },
      (_: Context<typeof echo>) => new Promise((resolve) => held.push(() => resolve({}))),
    );
    const running: Promise<Response>[] = [];
    let refused: Response | undefined;
    while (!refused) {
      const response = json({}, slow);
      refused = await Promise.race([
        response.then((r) => (r.status === 503 ? r : undefined)),
        new Promise<undefined>((r) => setTimeout(r, 50)),
      ]);
      if (!refused) running.push(response);
      expect(running.length).toBeLessThan(200);
    }
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refused.json()).toMatchObject({ error_type: 4001 });
    for (const release of held.splice(0)) release();
    expect((await Promise.all(running)).every((response) => response.status === 200)).toBe(true);
    const again = json({}, slow);
    await vi.waitFor(() => expect(held).toHaveLength(1));
    held.pop()?.();
    expect((await again).status).toBe(200);
  });
});

describe('methods and paths', () => {
  test('a method that is not there is 405 with Allow', async () => {
    const exported = methods({ POST: handler });
    const response = await call({ method: 'DELETE' }, exported.DELETE);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST, OPTIONS');
    expect(await response.json()).toMatchObject({ error_type: 1000 });
    expect((await call({ method: 'OPTIONS' }, exported.OPTIONS)).status).toBe(204);
  });

  test('an unknown path is 404 as JSON', async () => {
    expect(await (await call({}, unknownPath().POST)).json()).toMatchObject({ error_type: 1200 });
  });
});
