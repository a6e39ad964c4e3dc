import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';

/** Credentials of every camera in tests. The password must never be printed. */
export const USER = 'warden';
export const PASSWORD = 'sesame-secret';

/** Behaviour of a camera on one connection. */
export interface Connection {
  /** Duration of the pictures, ms. */
  ms: number;
  /** Afterwards: `freeze` sends no more but stays open, `end` closes the response, `drop` breaks the connection. */
  after: 'freeze' | 'end' | 'drop';
  /** Before the first picture: the camera returns this status, or never responds. */
  refuse?: number | 'silence';
  garbage?: boolean;
}

export interface CameraServer {
  /** Returns the address of a path, with the credentials in it. */
  url(path: string): string;
  /** Sets the behaviour of `path` on its connections, in order. The last one is repeated. */
  script(path: string, connections: Connection[]): void;
  /** Queues one connection of `path`. Connections that are not queued are refused. */
  queue(path: string, connection: Connection): void;
  /** Ends the current connection of `path`, in one of the ways of a script. */
  cut(path: string, after: Connection['after']): void;
  /** Returns how many connections a path has had. */
  connections(path: string): number;
  close(): Promise<void>;
}

/** Pictures per second. ffmpeg assumes 25 for a multipart stream. */
const RATE = 10;
/** Length of the transport stream, seconds. */
const TRANSPORT_SECONDS = 120;

const REFUSAL: Connection = { ms: 0, after: 'end', refuse: 503 };

/** Starts a network camera with a password: Motion JPEG on `*.mjpeg`, MPEG-TS on `*.ts`, single pictures on `*.jpg`. */
export async function startCameraServer(film: string): Promise<CameraServer> {
  const pictures = await jpegsOf(film);
  const transport = await transportOf(film);
  const scripts = new Map<string, Connection[]>();
  const queues = new Map<string, Connection[]>();
  const counts = new Map<string, number>();
  const playing = new Map<string, (after: Connection['after']) => void>();
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://camera').pathname;
    if (!isAllowed(request)) return void response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="camera"' }).end();
    const count = counts.get(path) ?? 0;
    // The command first checks the kind of an address. Only requests by ffmpeg, or for a single picture, are
    // connections.
    const isConnection = path.endsWith('.jpg') || request.headers['user-agent']?.startsWith('Lavf') === true;
    if (isConnection) counts.set(path, count + 1);
    const queued = queues.get(path);
    const connections = scripts.get(path) ?? [{ ms: Number.POSITIVE_INFINITY, after: 'end' }];
    const scripted = connections[Math.min(count, connections.length - 1)] as Connection;
    const connection = queued ? (queued[0] ?? REFUSAL) : scripted;
    if (queued && isConnection) queued.shift();
    if (connection.refuse === 'silence') return;
    if (connection.refuse !== undefined) return void response.writeHead(connection.refuse).end();
    if (path.endsWith('.jpg')) {
      response.writeHead(200, { 'Content-Type': 'image/jpeg' }).end(pictures[count % pictures.length]);
      return;
    }
    const isTransport = path.endsWith('.ts');
    const type = isTransport ? 'video/mp2t' : 'multipart/x-mixed-replace; boundary=frame';
    const part = (i: number) =>
      isTransport ? partOf(transport, i) : partOfMultipart(pictures[i % pictures.length] as Buffer, connection);
    playing.set(path, play(response, type, connection, part));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: (path) => `http://${USER}:${PASSWORD}@127.0.0.1:${port}${path}`,
    script: (path, connections) => void scripts.set(path, connections),
    queue: (path, connection) => void queues.set(path, [...(queues.get(path) ?? []), connection]),
    cut: (path, after) => playing.get(path)?.(after),
    connections: (path) => counts.get(path) ?? 0,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Sends the pictures of a connection. Returns a function that ends it early. */
function play(
  response: ServerResponse,
  type: string,
  { ms, after }: Connection,
  part: (i: number) => Buffer,
): (after: Connection['after']) => void {
  response.writeHead(200, { 'Content-Type': type });
  let sent = 0;
  const cut = (how: Connection['after']) => {
    clearInterval(timer);
    if (how === 'end') response.end();
    if (how === 'drop') response.destroy();
  };
  const timer = setInterval(() => {
    if (sent * (1000 / RATE) < ms) response.write(part(sent++));
    else cut(after);
  }, 1000 / RATE);
  response.on('close', () => clearInterval(timer));
  return cut;
}

function partOfMultipart(picture: Buffer, { garbage }: Connection): Buffer {
  const body = garbage ? Buffer.alloc(5_000, 'no picture') : picture;
  const head = `--frame\r\nContent-Type: image/jpeg\r\nContent-Length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body, Buffer.from('\r\n')]);
}

/** Returns a tenth of a second of a transport stream. */
function partOf(transport: Buffer, i: number): Buffer {
  const size = Math.ceil(transport.length / (TRANSPORT_SECONDS * RATE));
  return transport.subarray(i * size, (i + 1) * size);
}

function isAllowed({ headers }: IncomingMessage): boolean {
  return headers.authorization === `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString('base64')}`;
}

async function jpegsOf(film: string): Promise<Buffer[]> {
  const stream = await ffmpeg(['-i', film, '-r', String(RATE), '-f', 'mjpeg', '-q:v', '4', '-']);
  const pictures: Buffer[] = [];
  const end = Buffer.from([0xff, 0xd9]);
  for (let at = 0, found = stream.indexOf(end); found >= 0; found = stream.indexOf(end, at)) {
    pictures.push(stream.subarray(at, found + 2));
    at = found + 2;
  }
  return pictures;
}

/** Returns a transport stream that repeats the film with continuous times. */
const transportOf = (film: string): Promise<Buffer> =>
  ffmpeg(['-stream_loop', '-1', '-i', film, '-t', String(TRANSPORT_SECONDS), '-c', 'copy', '-f', 'mpegts', '-']);

async function ffmpeg(args: string[]): Promise<Buffer> {
  const options = { encoding: 'buffer', maxBuffer: 1e9 } as const;
  return (await promisify(execFile)('ffmpeg', ['-v', 'error', ...args], options)).stdout;
}
