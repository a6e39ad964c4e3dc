import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** The server's response. */
export interface Answer {
  /** 0 if the connection ended without a response. */
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

export interface Sending {
  origin: string;
  method?: string;
  /** Sent exactly as it is; nothing is normalised. */
  path: string;
  headers?: Record<string, string | string[]>;
  body?: string | Uint8Array | AsyncIterable<Uint8Array>;
}

/** Maximum duration of any request, ms. Several of the largest pictures on a busy machine take a minute. */
const PATIENCE_MS = 120_000;
/** Pause before each write of a streamed body, ms. */
const WRITE_PAUSE_MS = 1;

/**
 * Sends one request on a connection of its own, with exactly these headers and this body. Playwright's own client would
 * repair invalid parts.
 */
export async function send(sending: Sending): Promise<Answer> {
  const { origin, method = 'POST', path, headers = {}, body } = sending;
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, method, path, headers, agent: false, timeout: PATIENCE_MS });
    let answered = false;
    const over = new AbortController();
    outgoing.on('response', () => over.abort()).on('error', () => over.abort());
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${PATIENCE_MS} ms`)));
    outgoing.on('response', async (response) => {
      answered = true;
      try {
        let text = '';
        for await (const chunk of response.setEncoding('utf8')) text += chunk;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      } catch (error) {
        reject(error);
      }
    });
    // A server may respond and hang up before it has read everything. The response counts, not the failed write.
    outgoing.on('error', (error) => answered || reject(error));
    void write(body).catch((error) => answered || reject(error));

    async function write(body: Sending['body']): Promise<void> {
      if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) {
        outgoing.end(body);
        return;
      }
      for await (const chunk of body) {
        // Read a response that has already arrived. A write to a connection that the server has closed would destroy
        // it.
        await setTimeout(WRITE_PAUSE_MS);
        if (answered || outgoing.destroyed) break;
        if (!outgoing.write(chunk)) await once(outgoing, 'drain', { signal: over.signal }).catch(() => undefined);
      }
      outgoing.end();
    }
  });
}

/**
 * Writes any bytes to a connection. Reads the response until the other side ends it, or until `waitMs` have passed
 * since the last byte.
 */
export async function sendRaw(options: {
  origin: string;
  bytes: string | Uint8Array | (string | Uint8Array)[];
  /** In ms. Default: 3,000. */
  waitMs?: number;
  /** Hangs up at once, without waiting for a response. */
  hangUp?: boolean;
}): Promise<Answer> {
  const { hostname, port } = new URL(options.origin);
  const pieces = Array.isArray(options.bytes) ? options.bytes : [options.bytes];
  const received: Buffer[] = [];
  await new Promise<void>((done) => {
    const socket = connect(Number(port), hostname);
    socket.setTimeout(options.waitMs ?? 3_000, () => socket.destroy());
    socket.on('data', (chunk) => received.push(chunk));
    socket.on('error', () => socket.destroy()).on('close', () => done());
    socket.on('connect', async () => {
      for (const piece of pieces) {
        if (socket.destroyed) return;
        await new Promise((written) => socket.write(piece, written));
      }
      if (options.hangUp) socket.resetAndDestroy();
    });
  });
  return parseAnswer(Buffer.concat(received).toString('utf8'));
}

function parseAnswer(text: string): Answer {
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
  const end = text.indexOf('\r\n\r\n');
  const lines = end < 0 ? [] : text.slice(0, end).split('\r\n').slice(1);
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const body = end < 0 ? '' : text.slice(end + 4);
  const chunked = headers['transfer-encoding'] === 'chunked';
  return { status, headers, text: chunked ? body.replace(/(^|\r\n)[0-9a-f]+\r\n/gi, '').trimEnd() : body };
}
