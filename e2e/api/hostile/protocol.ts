import type { Target } from './hostileCase';

/** Bytes for a connection, which are hardly HTTP or not at all. */
export interface ProtocolCase {
  name: string;
  bytes: (target: Target) => string | Uint8Array | (string | Uint8Array)[];
  /** The accepted statuses. 0 is a connection closed without a response; 307 is a redirect to the sign-in. */
  statuses: readonly number[];
  /** False if Node or Next responds before any of our code, without a body. */
  json?: boolean;
  hangUp?: boolean;
  /** Timeout for the response, ms. Default: 3,000. */
  waitMs?: number;
}

/** Returns the start of a request with a key, without the blank line. */
const head =
  (line: string, ...headers: string[]) =>
  ({ key }: Target) =>
    `${line}\r\nHost: kith\r\nAuthorization: Bearer ${key}\r\nConnection: close\r\n${headers.map((each) => `${each}\r\n`).join('')}`;

const whole =
  (line: string, ...headers: string[]) =>
  (target: Target) =>
    `${head(line, ...headers)(target)}\r\n`;

/** Returns a `POST /face/match` with these headers and this body. */
const post =
  (headers: string[], body: string | Uint8Array | (string | Uint8Array)[]) =>
  (target: Target): (string | Uint8Array)[] => [
    whole('POST /face/match HTTP/1.1', 'Content-Type: application/json', ...headers)(target),
    ...(Array.isArray(body) ? body : [body]),
  ];

const bare = (bytes: string | Uint8Array) => () => bytes;

const BODY = '{"image_url":"ftp://x/"}';

/** A TLS 1.2 handshake record with the start of a ClientHello (RFC 5246, 7.4.1.2). */
const CLIENT_HELLO = Buffer.concat([Buffer.from('16030100c8010000c40303', 'hex'), Buffer.alloc(194, 0x5a)]);

export const PROTOCOL_CASES: ProtocolCase[] = [
  { name: 'garbage', bytes: bare('hello\r\n\r\n'), statuses: [400] },
  { name: 'binary garbage', bytes: bare(Buffer.alloc(1_000, 0xe7)), statuses: [400] },
  { name: 'a line of a megabyte', bytes: bare('G'.repeat(1_000_000)), statuses: [400, 431, 0] },
  { name: 'TLS', bytes: bare(CLIENT_HELLO), statuses: [400] },
  { name: 'HTTP/2', bytes: bare('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), statuses: [400] },
  { name: 'SSH', bytes: bare('SSH-2.0-OpenSSH_9.2\r\n'), statuses: [400] },
  { name: 'an unknown version', bytes: whole('GET /face HTTP/9.9'), statuses: [400] },
  { name: 'HTTP/0.9', bytes: bare('GET /face\r\n\r\n'), statuses: [400, 401] },
  { name: 'no Host', bytes: bare('GET /face HTTP/1.1\r\n\r\n'), json: false, statuses: [400] },
  { name: 'an unknown method', bytes: whole('FOO /face HTTP/1.1'), statuses: [400] },
  { name: 'TRACE', bytes: whole('TRACE /face HTTP/1.1'), statuses: [404] },
  { name: 'CONNECT', bytes: whole('CONNECT 127.0.0.1:22 HTTP/1.1'), statuses: [0, 400, 405] },
  { name: 'PROPFIND', bytes: whole('PROPFIND /face HTTP/1.1'), json: false, statuses: [400, 404, 405] },
  { name: 'a header without a colon', bytes: whole('GET /face HTTP/1.1', 'nothing here'), statuses: [400] },
  { name: 'a blank before the colon', bytes: whole('GET /face HTTP/1.1', 'X-A : b'), statuses: [400] },
  { name: 'NUL in a header', bytes: whole('GET /face HTTP/1.1', 'X-A: b\0c'), statuses: [400] },
  { name: 'a blank in the path', bytes: whole('GET /fa ce HTTP/1.1'), statuses: [400] },
  { name: 'OPTIONS of everything', bytes: whole('OPTIONS * HTTP/1.1'), statuses: [404] },
  {
    name: 'a path of bytes',
    bytes: () => Buffer.from('GET /face/\xff\xfe HTTP/1.1\r\nHost: kith\r\n\r\n', 'latin1'),
    statuses: [400, 404],
  },
  { name: 'a path of 100 KB', bytes: whole(`GET /${'a'.repeat(100_000)} HTTP/1.1`), statuses: [431, 414] },
  { name: 'a header of 100 KB', bytes: whole('GET /face HTTP/1.1', `X-A: ${'b'.repeat(100_000)}`), statuses: [431] },
  {
    name: '5,000 headers',
    bytes: whole('GET /face HTTP/1.1', ...Array<string>(5_000).fill('X-A: b')),
    statuses: [431],
  },
  {
    name: 'another server’s URL, which is read as a path',
    bytes: whole('GET http://169.254.169.254/api/people/1 HTTP/1.1'),
    statuses: [404],
  },
  { name: 'two lengths', bytes: post(['Content-Length: 3', 'Content-Length: 24'], BODY), statuses: [400] },
  {
    name: 'length and chunks',
    bytes: post(['Content-Length: 24', 'Transfer-Encoding: chunked'], `18\r\n${BODY}\r\n0\r\n\r\n`),
    statuses: [400],
  },
  { name: 'a negative length', bytes: post(['Content-Length: -1'], BODY), statuses: [400] },
  { name: 'a length that is no number', bytes: post(['Content-Length: many'], BODY), statuses: [400] },
  { name: 'a length of 30 digits', bytes: post([`Content-Length: ${'9'.repeat(30)}`], BODY), statuses: [400] },
  { name: 'an unknown transfer coding', bytes: post(['Transfer-Encoding: gzip'], BODY), statuses: [400, 501] },
  {
    name: 'a chunk of no size',
    bytes: post(['Transfer-Encoding: chunked'], `zz\r\n${BODY}\r\n0\r\n\r\n`),
    statuses: [400],
  },
  {
    name: 'a chunk of 2⁶⁴ bytes',
    bytes: post(['Transfer-Encoding: chunked'], `ffffffffffffffffff\r\n${BODY}`),
    statuses: [400],
  },
  {
    name: 'a chunk shorter than it says',
    bytes: post(['Transfer-Encoding: chunked'], `2\r\n${BODY}\r\n0\r\n\r\n`),
    statuses: [400],
  },
  {
    name: 'a chunk extension of a megabyte',
    bytes: post(['Transfer-Encoding: chunked'], `2;${'x'.repeat(1_000_000)}`),
    statuses: [400, 413, 0],
  },
  {
    name: 'an unknown expectation',
    bytes: post(['Expect: a-miracle', `Content-Length: ${BODY.length}`], BODY),
    json: false,
    statuses: [400, 417],
  },
  {
    name: 'an upgrade to a web socket',
    bytes: whole(
      'GET /face HTTP/1.1',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Key: eA==',
      'Sec-WebSocket-Version: 13',
    ),
    statuses: [400, 404, 426, 0],
  },
  { name: 'half of a request, then silence', bytes: head('GET /face HTTP/1.1'), statuses: [0] },
  { name: 'half of a request, then a reset', bytes: head('GET /face HTTP/1.1'), statuses: [0], hangUp: true },
  { name: 'half of a body, then a reset', bytes: post(['Content-Length: 5000'], BODY), statuses: [0], hangUp: true },
  {
    name: 'half of a body, then silence',
    bytes: post(['Content-Length: 5000'], BODY),
    statuses: [408],
    waitMs: 25_000,
  },
  { name: 'nothing, then a reset', bytes: bare(''), statuses: [0], hangUp: true },
];

/** Headers and paths that the framework underneath interprets. Those of a caller must have no effect. */
export const FRAMEWORK_CASES: ProtocolCase[] = [
  {
    name: 'a server action',
    bytes: post(['Next-Action: 7f00000000000000000000000000000000000000', `Content-Length: ${BODY.length}`], BODY),
    statuses: [400, 404],
  },
  {
    name: 'a server action on a page',
    bytes: (target) => [
      whole('POST / HTTP/1.1', 'Next-Action: x', 'Content-Type: text/plain', 'Content-Length: 2')(target),
      '[]',
    ],
    statuses: [307],
  },
  {
    name: 'a router state that is garbage',
    bytes: whole('GET /face/match HTTP/1.1', 'RSC: 1', 'Next-Router-State-Tree: %5B%5B'),
    statuses: [307, 405],
  },
  {
    name: 'another path in a header',
    bytes: whole(
      'GET /face HTTP/1.1',
      'x-matched-path: /api/health',
      'x-invoke-path: /api/health',
      'x-original-url: /api/health',
      'x-rewrite-url: /api/health',
    ),
    statuses: [400],
  },
  {
    name: 'another method in a header',
    bytes: whole('GET /face/delete HTTP/1.1', 'X-HTTP-Method-Override: POST'),
    statuses: [405],
  },
  {
    name: 'the image optimiser, asked for a private address',
    bytes: whole('GET /_next/image?url=http%3A%2F%2F169.254.169.254%2F&w=64&q=75 HTTP/1.1'),
    json: false,
    statuses: [400, 404],
  },
  {
    name: 'data of a page that is none',
    bytes: whole('GET /_next/data/x/face.json HTTP/1.1', 'x-nextjs-data: 1'),
    json: false,
    statuses: [400, 404, 405],
  },
  {
    name: 'files beside the static ones',
    bytes: whole('GET /_next/static/..%2f..%2f..%2fpackage.json HTTP/1.1'),
    json: false,
    statuses: [400, 404],
  },
  { name: 'files above the root', bytes: whole('GET /../../../../etc/passwd HTTP/1.1'), statuses: [307, 404] },
];
