import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KithApiError, KithConnectionError } from './errors.ts';
import { type Call, Transport, type TransportOptions } from './Transport.ts';

type Reply = (response: ServerResponse, request: IncomingMessage) => void;

let server: Server;
let url: string;
let requests: IncomingMessage[];
let replies: Reply[];

/** Starts a server that returns the replies in turn, and then repeats the last one. */
beforeEach(async () => {
  requests = [];
  replies = [];
  server = createServer((request, response) => {
    const reply = replies[Math.min(requests.push(request), replies.length) - 1];
    if (reply) reply(response, request);
    else response.end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const refuse =
  (status: number, error_type: number, headers: Record<string, string> = {}): Reply =>
  (response) => {
    response.writeHead(status, headers);
    response.end(JSON.stringify({ error_type, error_message: 'not now', request_id: 'r-1' }));
  };
const answer =
  (body: unknown): Reply =>
  (response) => {
    response.end(JSON.stringify(body));
  };
const hangUp: Reply = (response) => response.destroy();

const transport = (options: Partial<TransportOptions> = {}) => new Transport({ url, key: 'k', ...options });
const get: Call = { method: 'GET', path: '/face' };
const post: Call = { method: 'POST', path: '/face', body: {} };

describe('retries', () => {
  test.each([
    ['GET', get],
    ['POST', post],
  ])('what was turned away is asked again after Retry-After: %s', async (_, call) => {
    replies = [refuse(429, 4000, { 'Retry-After': '0' }), refuse(503, 4001, { 'Retry-After': '1' }), answer({ ok: 1 })];
    const started = performance.now();
    expect(await transport().json(call)).toEqual({ ok: 1 });
    expect(performance.now() - started).toBeGreaterThan(990);
  });

  test('at most as often as was said, then the error comes', async () => {
    replies = [refuse(503, 4001, { 'Retry-After': '0' })];
    await expect(transport({ retries: 3 }).json(get)).rejects.toMatchObject({ status: 503, errorType: 4001 });
    expect(requests).toHaveLength(4);
  });

  test('while the database is away only what does no harm twice is asked again', async () => {
    const away = refuse(503, 4002, { 'Retry-After': '0' });
    replies = [away, answer({ ok: 1 }), away, answer({ ok: 1 })];
    expect(await transport().json(get)).toEqual({ ok: 1 });
    await expect(transport().json(post)).rejects.toMatchObject({ status: 503, errorType: 4002 });
    expect(requests).toHaveLength(3);
  });

  test('a long Retry-After is the caller’s to wait for', async () => {
    replies = [refuse(429, 4000, { 'Retry-After': '3600' })];
    await expect(transport().json(get)).rejects.toMatchObject({ retryAfterSeconds: 3600 });
    expect(requests).toHaveLength(1);
  });

  test('Retry-After may be a date', async () => {
    replies = [refuse(503, 4001, { 'Retry-After': new Date(Date.now() - 5000).toUTCString() }), answer({})];
    await transport().json(get);
    expect(requests).toHaveLength(2);
  });

  test('a lost answer is asked for again, unless asking twice would do it twice', async () => {
    replies = [hangUp, answer({ ok: 1 })];
    expect(await transport().json(get)).toEqual({ ok: 1 });
    replies = [hangUp];
    requests.length = 0;
    await expect(transport().json(post)).rejects.toThrow(KithConnectionError);
    expect(requests).toHaveLength(1);
    requests.length = 0;
    replies = [hangUp, answer({ ok: 2 })];
    expect(await transport().json({ ...post, idempotent: true })).toEqual({ ok: 2 });
  });

  test.each([400, 401, 404, 500, 502])('%i is not asked again', async (status) => {
    replies = [refuse(status, 1000)];
    await expect(transport().json(get)).rejects.toThrow(KithApiError);
    expect(requests).toHaveLength(1);
  });
});

describe('writes that carry an Idempotency-Key', () => {
  const write: Call = { ...post, keyed: true };
  const sent = () => requests.map(({ headers }) => headers['idempotency-key']);

  test.each<[string, Reply]>([
    ['no answer', hangUp],
    ['a failure inside the server', refuse(500, 9000)],
    ['a proxy whose server is away', (response) => response.writeHead(502).end('<html>')],
  ])('are sent again under the same key after %s', async (_, reply) => {
    replies = [reply, answer({ ok: 1 })];
    expect(await transport().json(write)).toEqual({ ok: 1 });
    expect(sent()).toHaveLength(2);
    expect(sent()[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(sent()).size).toBe(1);
  });

  test('are sent again after a timeout', async () => {
    replies = [() => {}, answer({ ok: 1 })];
    expect(await transport({ timeoutMs: 100 }).json(write)).toEqual({ ok: 1 });
    expect(new Set(sent()).size).toBe(1);
  });

  test('wait for an attempt that is still at work, which counts as none', async () => {
    const underWay = refuse(409, 1300, { 'Retry-After': '0' });
    replies = [hangUp, underWay, underWay, underWay, answer({ ok: 1 })];
    expect(await transport({ retries: 1 }).json(write)).toEqual({ ok: 1 });
    expect(sent()).toHaveLength(5);
  });

  test('are not sent again after a conflict, nor when the host of a picture failed', async () => {
    for (const [status, type] of [
      [409, 1300],
      [502, 3000],
      [504, 3002],
    ] as const) {
      replies = [refuse(status, type)];
      requests.length = 0;
      await expect(transport().json(write)).rejects.toMatchObject({ status });
      expect(requests).toHaveLength(1);
    }
  });

  test('have a key each, or the one that is given', async () => {
    await transport().json(write);
    await transport().json(write);
    await transport().json({ ...write, idempotencyKey: 'mine' });
    await transport().json({ ...post, idempotencyKey: 'not taken by this call' });
    expect(new Set(sent()).size).toBe(4);
    expect(sent().slice(2)).toEqual(['mine', undefined]);
  });

  test('make their body anew for each attempt where it is a function', async () => {
    let attempt = 0;
    replies = [hangUp, answer({})];
    await transport().json({ ...write, body: () => ({ attempt: ++attempt }) });
    expect(attempt).toBe(2);
  });
});

describe('errors', () => {
  test('carry what the server said', async () => {
    replies = [
      (response) => {
        response.writeHead(422);
        response.end(
          JSON.stringify({ error_type: 2001, error_message: 'two faces', request_id: 'r-7', positions: [1, 2] }),
        );
      },
    ];
    await expect(transport().json(post)).rejects.toMatchObject({
      name: 'KithApiError',
      message: 'two faces',
      errorType: 2001,
      status: 422,
      requestId: 'r-7',
      body: { positions: [1, 2] },
    });
  });

  test.each([200, 403, 502])('a page of something in between is told as such: %i', async (status) => {
    replies = [
      (response) => {
        response.writeHead(status);
        response.end('<html>proxy</html>');
      },
    ];
    await expect(transport().json(get)).rejects.toMatchObject({ name: 'KithApiError', status, errorType: 9000 });
  });

  test('no server is a connection error with its cause', async () => {
    const nowhere = new Transport({ url: 'http://127.0.0.1:1', retries: 0 });
    const error = await nowhere.json(get).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(KithConnectionError);
    expect((error as Error).cause).toBeInstanceOf(Error);
  });

  test('no answer in time, before the headers and in the body', async () => {
    replies = [() => {}];
    const impatient = transport({ timeoutMs: 50, retries: 0 });
    await expect(impatient.json(get)).rejects.toThrow('no answer within 0.05 s');
    replies = [(response) => response.write('{')];
    await expect(impatient.json(get)).rejects.toThrow('no answer within 0.05 s');
  });
});

describe('aborting', () => {
  test('ends an attempt, and gives the reason', async () => {
    replies = [() => {}];
    const controller = new AbortController();
    const call = transport().json({ ...get, signal: controller.signal });
    await expect.poll(() => requests.length).toBe(1);
    controller.abort(new Error('gone home'));
    await expect(call).rejects.toThrow('gone home');
    expect(requests).toHaveLength(1);
  });

  test('ends the wait for the next attempt', async () => {
    replies = [refuse(503, 4001, { 'Retry-After': '20' })];
    const controller = new AbortController();
    const call = transport().json({ ...get, signal: controller.signal });
    await expect.poll(() => requests.length).toBe(1);
    setTimeout(() => controller.abort(new Error('gone home')), 50);
    await expect(call).rejects.toThrow('gone home');
  });

  test('before the call sends nothing', async () => {
    await expect(transport().json({ ...get, signal: AbortSignal.abort(new Error('no')) })).rejects.toThrow('no');
    expect(requests).toHaveLength(0);
  });
});

describe('an answer that is read as it arrives', () => {
  const parts: Reply = (response) => {
    response.write('first ');
    setTimeout(() => response.end('second'), 300);
  };

  test('may take longer than its beginning', async () => {
    replies = [refuse(503, 4001, { 'Retry-After': '0' }), parts];
    const response = await transport({ timeoutMs: 200 }).open(get);
    expect(await response.text()).toBe('first second');
    expect(requests).toHaveLength(2);
  });

  test('is aborted by the signal to its end', async () => {
    replies = [parts];
    const controller = new AbortController();
    const response = await transport().open({ ...get, signal: controller.signal });
    controller.abort();
    await expect(response.text()).rejects.toThrow();
  });

  test('that is a failure is an error', async () => {
    replies = [refuse(404, 1200)];
    await expect(transport().open(get)).rejects.toMatchObject({ errorType: 1200 });
  });
});

describe('requests', () => {
  test('send content as it is, by its type', async () => {
    const text = new Promise<string>((resolve) => {
      replies = [
        async (response, request) => {
          let all = '';
          for await (const chunk of request) all += chunk;
          resolve(`${request.headers['content-type']} ${all}`);
          response.end('{}');
        },
      ];
    });
    await transport().json({ ...post, content: new Blob(['{}\n'], { type: 'application/x-ndjson' }) });
    expect(await text).toBe('application/x-ndjson {}\n');
  });

  test('keep the path of the server, and leave out what is undefined', async () => {
    await new Transport({ url: `${url}/kith/`, key: 'secret' }).json({
      ...get,
      query: { a: 1, b: undefined, c: 'ü&' },
    });
    expect(requests[0]?.url).toBe('/kith/face?a=1&c=%C3%BC%26');
    expect(requests[0]?.headers).toMatchObject({ authorization: 'Bearer secret', accept: 'application/json' });
  });

  test('with files are multipart, objects as JSON', async () => {
    const parts = new Promise<FormData>((resolve) => {
      replies = [
        async (response, request) => {
          const chunks: Buffer[] = [];
          for await (const chunk of request) chunks.push(chunk);
          const type = request.headers['content-type'] ?? '';
          resolve(await new Response(Buffer.concat(chunks), { headers: { 'content-type': type } }).formData());
          response.end('{}');
        },
      ];
    });
    await transport().json({
      ...post,
      body: { unique_args: { user_id: 7 }, person_id: undefined, select: 'largest' },
      files: { image: new Blob(['JPEG']) },
    });
    const form = await parts;
    expect([...form.keys()]).toEqual(['unique_args', 'select', 'image']);
    expect(form.get('unique_args')).toBe('{"user_id":7}');
    expect(await (form.get('image') as File).text()).toBe('JPEG');
  });
});
