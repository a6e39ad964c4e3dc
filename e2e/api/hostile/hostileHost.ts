import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** An image host on loopback that behaves as badly as possible. */
export interface HostileHost {
  /** `behaviours` defines the behaviour of each path. */
  origin: string;
  /** Origin of a server that accepts connections and never sends anything. */
  muteOrigin: string;
  /** Origin of a port on which nothing listens. */
  closedOrigin: string;
  /** The value of FETCH_ALLOW for these three origins only. */
  allow: string;
  /** Returns a URL that serves these bytes. */
  publish(bytes: Uint8Array): string;
  close(): Promise<void>;
}

type Behaviour = (request: IncomingMessage, response: ServerResponse) => void;

/** The first bytes of a JPEG, so that it is not refused for its type. */
const JPEG_START = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex');

const raw =
  (text: string): Behaviour =>
  (request) =>
    void request.socket.end(text, 'latin1');

/** Writes the results of `next` until the other side hangs up: every `everyMs`, or as fast as they are read. */
function pour(socket: Socket, next: () => string | Buffer, everyMs = 0): void {
  socket.on('error', () => socket.destroy());
  if (everyMs > 0) {
    const timer = setInterval(() => socket.write(next()), everyMs);
    socket.on('close', () => clearInterval(timer));
    return;
  }
  const more = () => {
    while (socket.writable && socket.write(next()));
  };
  socket.on('drain', more);
  more();
}

const encoded =
  (encoding: string, body: () => Buffer): Behaviour =>
  (_, response) =>
    void response.writeHead(200, { 'content-type': 'image/jpeg', 'content-encoding': encoding }).end(body());

/** The behaviour of each path. */
const behaviours: Record<string, Behaviour> = {
  '/not-found': (_, response) => void response.writeHead(404).end('no'),
  '/forbidden': (_, response) => void response.writeHead(403).end('no'),
  '/broken': (_, response) => void response.writeHead(500).end('no'),
  '/no-content': (_, response) => void response.writeHead(204).end(),
  '/not-modified': (_, response) => void response.writeHead(304).end(),
  '/empty': (_, response) => void response.writeHead(200, { 'content-type': 'image/jpeg' }).end(),
  '/sign-in': (_, response) => void response.end('<!doctype html><title>Sign in</title>'),
  '/text-as-jpeg': (_, response) => void response.writeHead(200, { 'content-type': 'image/jpeg' }).end('hello'),
  '/loop': (_, response) => void response.writeHead(302, { location: '/loop' }).end(),
  '/hop4': (_, response) => void response.writeHead(302, { location: '/hop3' }).end(),
  '/hop3': (_, response) => void response.writeHead(307, { location: '/hop2' }).end(),
  '/hop2': (_, response) => void response.writeHead(308, { location: '/hop1' }).end(),
  '/hop1': (_, response) => void response.writeHead(301, { location: '/empty' }).end(),
  '/redirect-nowhere': (_, response) => void response.writeHead(302).end(),
  '/huge-length': (_, response) => void response.writeHead(200, { 'content-length': '999999999999' }).write('x'),
  '/endless': ({ socket }) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: image/jpeg\r\n\r\n');
    socket.write(JPEG_START);
    pour(socket, () => Buffer.alloc(65_536));
  },
  '/endless-chunks': ({ socket }) => {
    socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
    pour(socket, () => `1\r\nx\r\n`.repeat(5_000));
  },
  '/endless-chunk-extension': ({ socket }) => {
    socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1;');
    pour(socket, () => 'x'.repeat(65_536));
  },
  '/endless-headers': ({ socket }) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    pour(socket, () => 'x-a: b\r\n'.repeat(5_000));
  },
  '/endless-continue': ({ socket }) => pour(socket, () => 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n', 20),
  '/silent': () => {},
  '/trickle': ({ socket }) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n');
    socket.write(JPEG_START);
    pour(socket, () => 'x', 200);
  },
  '/trickle-headers': ({ socket }) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    pour(socket, () => 'x-a: b\r\n', 200);
  },
  '/slow-redirects': (_, response) => {
    setTimeout(() => response.writeHead(302, { location: '/slow-redirects' }).end(), 6_000);
  },
  '/reset': ({ socket }) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\nxxx', () => socket.resetAndDestroy());
  },
  '/cut': raw('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\nshort'),
  '/cut-chunk': raw('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nfff\r\nshort'),
  '/broken-chunk': raw('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'),
  '/nothing': raw(''),
  '/ssh': raw('SSH-2.0-OpenSSH_9.2\r\n'),
  '/http09': raw('<html>no headers</html>'),
  '/bad-status': raw('HTTP/1.1 999999 What\r\n\r\n'),
  '/bad-header': raw('HTTP/1.1 200 OK\r\nno colon here\r\n\r\n'),
  '/two-lengths': raw('HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx'),
  '/length-and-chunks': raw('HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'),
  '/gzip-bomb': encoded('gzip', () => gzipSync(Buffer.alloc(200_000_000))),
  '/brotli-bomb': encoded('br', () => brotliCompressSync(Buffer.alloc(20_000_000))),
  '/bad-gzip': encoded('gzip', () => Buffer.from('this is not gzip')),
  '/cut-gzip': encoded('gzip', () => gzipSync(Buffer.alloc(10_000, 'ab')).subarray(0, 30)),
  '/gzip-twice': encoded('gzip, gzip', () => gzipSync(gzipSync('x'))),
  '/unknown-encoding': encoded('x-secret', () => Buffer.from('x')),
};

export async function startHostileHost(): Promise<HostileHost> {
  const published = new Map<string, Uint8Array>();
  const sockets = new Set<Socket>();
  const answer: RequestListener = (request, response) => {
    const url = request.url ?? '/';
    const bytes = published.get(url);
    if (bytes) response.end(bytes);
    else if (url.startsWith('/to?')) response.writeHead(302, { location: decodeURIComponent(url.slice(4)) }).end();
    else (behaviours[url] ?? behaviours['/not-found'])?.(request, response);
  };

  async function listen(server: Server): Promise<string> {
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  const stop = (server: Server) => new Promise<void>((stopped) => server.close(() => stopped()));

  const http = createServer(answer);
  const mute = createTcpServer(() => {});
  const closed = createTcpServer();
  const origins = await Promise.all([http, mute, closed].map(listen));
  await stop(closed);
  const [origin = '', muteOrigin = '', closedOrigin = ''] = origins;
  return {
    origin,
    muteOrigin,
    closedOrigin,
    allow: origins.map((each) => new URL(each).host).join(','),
    publish(bytes) {
      const path = `/published/${published.size}`;
      published.set(path, bytes);
      return origin + path;
    },
    async close() {
      const stopped = Promise.all([stop(http), stop(mute)]);
      for (const socket of sockets) socket.destroy();
      await stopped;
    },
  };
}
