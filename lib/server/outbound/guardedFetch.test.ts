import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { parseFetchAllow } from '@/lib/server/platform/parseFetchAllow';
import { type GuardedFetchOptions, guardedFetch } from './guardedFetch';

const LOOPBACK = parseFetchAllow(['127.0.0.0/8', '::1']);
const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((closed) => server.close(closed))));
});

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
  });
  const { close } = server;
  server.close = (done) => {
    for (const socket of sockets) socket.destroy();
    return close.call(server, done);
  };
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return (server.address() as AddressInfo).port;
}

/** A real HTTP server on loopback; returns its origin. */
async function http(handler: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listen(createServer(handler))}`;
}

/** A server that says `text` to whoever connects and sends a request. */
async function raw(answer: (socket: Socket) => void): Promise<string> {
  return `http://127.0.0.1:${await listen(createTcpServer((socket) => socket.once('data', () => answer(socket))))}`;
}

function get(url: string, options: Partial<GuardedFetchOptions> = {}) {
  return guardedFetch({ url, owner: 'key:1', allow: LOOPBACK, maxBytes: 100_000, timeoutMs: 3000, ...options });
}

describe('guardedFetch', () => {
  test('returns status, headers and body', async () => {
    const origin = await http((_, response) => response.writeHead(404, { 'x-test': 'yes' }).end('gone'));
    const answer = await get(`${origin}/a`);
    expect(answer).toMatchObject({ status: 404, url: `${origin}/a`, headers: { 'x-test': 'yes' } });
    expect(Buffer.from(answer.body).toString()).toBe('gone');
  });

  test('posts a body with headers, as webhooks do', async () => {
    const origin = await http(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      response.end(`${request.method} ${request.headers['x-signature']} ${body}`);
    });
    const answer = await get(origin, { method: 'POST', body: '{"a":1}', headers: { 'x-signature': 's' } });
    expect(Buffer.from(answer.body).toString()).toBe('POST s {"a":1}');
  });

  test('connects to the address that was checked and names the host as the URL does', async () => {
    const origin = await http((request, response) => response.end(request.headers.host));
    const { port } = new URL(origin);
    const answer = await get(`http://localhost:${port}/`);
    expect(Buffer.from(answer.body).toString()).toBe(`localhost:${port}`);
  });

  test.each([
    'http://127.0.0.1:1/',
    'http://localhost:1/',
    'http://[::1]:1/',
    'http://[::ffff:127.0.0.1]:1/',
    'http://2130706433:1/',
    'http://169.254.169.254/latest/meta-data/',
  ])('never connects to %s unless it is allowed', async (url) => {
    await expect(get(url, { allow: [] })).rejects.toMatchObject({
      reason: 'address',
      message: expect.stringContaining('FETCH_ALLOW'),
    });
  });

  test.each([
    'file:///etc/passwd',
    'ftp://example.com/a.jpg',
    'gopher://127.0.0.1:25/_HELO',
    'javascript:alert(1)',
    'blob:https://example.com/1',
    'about:blank',
    'https://user:password@example.com/a.jpg',
    'https://user@example.com/a.jpg',
    'example.com/a.jpg',
    '/a.jpg',
    '',
    'http://',
    'http://exa mple.com/',
    'http://example.com:99999/',
    `http://example.com/${'a'.repeat(9000)}`,
  ])('refuses %j as a URL', async (url) => {
    await expect(get(url)).rejects.toMatchObject({ reason: 'url' });
  });

  test('a name that does not resolve is the host’s failure', async () => {
    await expect(get('http://no-such-host.invalid/')).rejects.toMatchObject({ reason: 'host' });
  });

  test('a closed port is the host’s failure', async () => {
    const origin = await http((_, response) => response.end());
    await new Promise((closed) => servers.pop()?.close(closed));
    await expect(get(origin)).rejects.toMatchObject({ reason: 'host' });
  });

  describe('redirects', () => {
    /** `/3` redirects to `/2` … to `/0`, which answers; `/to?URL` redirects there. */
    const chain: RequestListener = (request, response) => {
      const path = request.url ?? '/';
      if (path.startsWith('/to?'))
        response.writeHead(302, { location: decodeURIComponent(path.slice(4)) }).end('moved');
      else if (path === '/0') response.end('there');
      else response.writeHead(301, { location: `${Number(path.slice(1)) - 1}` }).end('moved');
    };

    test('are followed up to the limit', async () => {
      const origin = await http(chain);
      const answer = await get(`${origin}/3`, { maxRedirects: 3 });
      expect(Buffer.from(answer.body).toString()).toBe('there');
      expect(answer.url).toBe(`${origin}/0`);
      await expect(get(`${origin}/4`, { maxRedirects: 3 })).rejects.toMatchObject({ reason: 'host' });
    });

    test('are the answer when none are to be followed', async () => {
      expect(await get(`${await http(chain)}/1`)).toMatchObject({ status: 301, headers: { location: '0' } });
    });

    test.each(['http://127.0.0.2:1/', 'http://localhost:1/', '//127.0.0.2:1/', 'http://0x7f.2:1/', 'http://[::1]:1/'])(
      'to %s are checked again',
      async (location) => {
        const origin = await http(chain);
        const allow = parseFetchAllow([new URL(origin).host]);
        const url = `${origin}/to?${encodeURIComponent(location)}`;
        await expect(get(url, { allow, maxRedirects: 3 })).rejects.toMatchObject({ reason: 'address' });
      },
    );

    test.each([
      'file:///etc/passwd',
      'data:text/plain,x',
      'http://user:secret@127.0.0.1/',
      'http://[',
      'ftp://127.0.0.1/',
    ])('to %s are not followed', async (location) => {
      const url = `${await http(chain)}/to?${encodeURIComponent(location)}`;
      const failed = expect(get(url, { maxRedirects: 3 })).rejects;
      await failed.toMatchObject({ reason: 'host', message: expect.not.stringContaining('secret') });
    });

    test('in a circle end', async () => {
      const origin = await http((_, response) => response.writeHead(307, { location: '/' }).end());
      await expect(get(origin, { maxRedirects: 3 })).rejects.toMatchObject({ reason: 'host' });
    });
  });

  describe('limits', () => {
    test('takes exactly maxBytes', async () => {
      const origin = await http((request, response) => response.end(Buffer.alloc(Number(request.url?.slice(1)))));
      expect((await get(`${origin}/5000`, { maxBytes: 5000 })).body).toHaveLength(5000);
      await expect(get(`${origin}/5001`, { maxBytes: 5000 })).rejects.toMatchObject({ reason: 'size' });
    });

    test('does not read what declares itself too large', async () => {
      const origin = await http((_, response) => {
        response.writeHead(200, { 'content-length': '99999999999' }).write('x');
      });
      await expect(get(origin)).rejects.toMatchObject({ reason: 'size' });
    });

    test('stops an endless body, and hangs up', async () => {
      let closed: () => void = () => {};
      const hungUp = new Promise<void>((resolve) => {
        closed = resolve;
      });
      const origin = await http((_, response) => {
        const more = () => {
          while (response.write(Buffer.alloc(65536)));
        };
        response.on('drain', more).on('close', closed);
        more();
      });
      await expect(get(origin)).rejects.toMatchObject({ reason: 'size' });
      await hungUp;
    });

    test.each([
      ['gzip', (bytes: Buffer) => gzipSync(bytes, { level: 1 })],
      ['x-gzip', (bytes: Buffer) => gzipSync(bytes, { level: 1 })],
      ['deflate', (bytes: Buffer) => deflateSync(bytes, { level: 1 })],
      // Its best quality, the default, takes seconds here.
      ['br', (bytes: Buffer) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
    ])('unpacks %s, counting what comes out', async (encoding, compress) => {
      // Compressed beforehand: on a busy machine it takes longer than the fetch waits for an answer.
      const bodies = new Map(
        [100_000, 100_001, 30_000_000].map((size) => [`/${size}`, compress(Buffer.alloc(size, 7))]),
      );
      const origin = await http((request, response) => {
        response.writeHead(200, { 'content-encoding': encoding }).end(bodies.get(request.url ?? ''));
      });
      const answer = await get(`${origin}/100000`);
      expect(answer.body).toEqual(new Uint8Array(100_000).fill(7));
      await expect(get(`${origin}/100001`)).rejects.toMatchObject({ reason: 'size' });
      await expect(get(`${origin}/30000000`)).rejects.toMatchObject({ reason: 'size' });
    });

    test.each([
      ['gzip', 'not gzip'],
      ['br', 'not brotli'],
      ['deflate', 'not deflate'],
      ['zstd', 'unknown'],
      ['gzip, gzip', 'twice'],
    ])('a broken or unknown Content-Encoding (%s: %s) is the host’s failure', async (encoding, body) => {
      const origin = await http((_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(body));
      await expect(get(origin)).rejects.toMatchObject({ reason: 'host' });
    });
  });

  describe('time', () => {
    test('a host that says nothing', async () => {
      const origin = await http(() => {});
      await expect(get(origin, { timeoutMs: 300 })).rejects.toMatchObject({ reason: 'timeout' });
    });

    test('a host that trickles', async () => {
      const origin = await http((_, response) => {
        const timer = setInterval(() => response.write('x'), 50);
        response.on('close', () => clearInterval(timer));
      });
      await expect(get(origin, { timeoutMs: 400 })).rejects.toMatchObject({ reason: 'timeout' });
    });

    test('a host that trickles its headers', async () => {
      const origin = await raw((socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        const timer = setInterval(() => socket.write('x-a: b\r\n'), 50);
        socket.on('close', () => clearInterval(timer));
      });
      await expect(get(origin, { timeoutMs: 400 })).rejects.toMatchObject({ reason: 'timeout' });
    });

    test('redirects share one deadline', async () => {
      const origin = await http((_, response) => {
        setTimeout(() => response.writeHead(302, { location: '/' }).end(), 150);
      });
      await expect(get(origin, { timeoutMs: 350, maxRedirects: 10 })).rejects.toMatchObject({ reason: 'timeout' });
    });

    test('a host that accepts and never makes the TLS handshake', async () => {
      const port = await listen(createTcpServer(() => {}));
      const stalled = get(`https://127.0.0.1:${port}/`, { connectTimeoutMs: 200, timeoutMs: 10_000 });
      await expect(stalled).rejects.toMatchObject({ reason: 'timeout' });
    });

    test('the caller’s own reason to stop is thrown as it is', async () => {
      const origin = await http(() => {});
      const gone = new Error('the caller has gone');
      const controller = new AbortController();
      setTimeout(() => controller.abort(gone), 100);
      await expect(get(origin, { signal: controller.signal })).rejects.toBe(gone);
    });
  });

  test.each([
    ['silence', ''],
    ['something else than HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['a broken status line', 'HTTP/1.1 abc\r\n\r\n'],
    ['a cut body', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort'],
    ['a cut chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n10\r\nshort'],
    ['a broken chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx'],
    ['length and chunks', 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['huge headers', `HTTP/1.1 200 OK\r\nx: ${'a'.repeat(100_000)}\r\n\r\n`],
    ['many headers', `HTTP/1.1 200 OK\r\n${'x: a\r\n'.repeat(20_000)}\r\n`],
  ])('%s is the host’s failure', async (_what, text) => {
    const origin = await raw((socket) => socket.end(text));
    await expect(get(origin)).rejects.toMatchObject({ reason: 'host' });
  });

  test('plain HTTP where TLS was asked for is the host’s failure', async () => {
    const origin = await http((_, response) => response.end());
    await expect(get(origin.replace('http:', 'https:'))).rejects.toMatchObject({ reason: 'host' });
  });
});
