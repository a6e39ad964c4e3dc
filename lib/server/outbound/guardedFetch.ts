import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { Agent, type Dispatcher, request } from 'undici';
import { literalAddress } from '@/lib/server/platform/literalAddress';
import type { FetchAllow } from '@/lib/server/platform/parseFetchAllow';
import { processWide } from '@/lib/server/platform/processWide';
import { MAX_URL_LENGTH } from '@/lib/shared/contract/fields';
import { isReachable } from './address';
import { LookupTimeout, NameLookups } from './NameLookups';

/**
 * `url`: the URL itself cannot be used. `address`: it leads to an address that is not allowed. `host`: its host
 * failed. `timeout`: its host was too slow. `size`: it sent more than was asked for. `busy`: this server looks too many
 * names up.
 */
export type FetchFailure = 'url' | 'address' | 'host' | 'timeout' | 'size' | 'busy';

/** The message is a whole sentence that may be shown to whoever gave the URL; what happened underneath is the `cause`. */
export class GuardedFetchError extends Error {
  readonly reason: FetchFailure;

  constructor(reason: FetchFailure, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'GuardedFetchError';
    this.reason = reason;
  }
}

export interface GuardedFetchOptions {
  /** http or https, given by somebody who is not trusted with this server's network. */
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Private addresses that may be reached all the same. */
  allow: FetchAllow;
  /** Who gave the URL: names are looked up for each in turn. */
  owner: string;
  /** Limit of the answer's body, in bytes, as it comes over the wire and again after its `Content-Encoding`. */
  maxBytes: number;
  /** Redirects to follow, each checked like the first URL. With 0 (the default) a redirect is returned as the answer. */
  maxRedirects?: number;
  /** Milliseconds for resolving the name, and again for TCP with TLS. Default 5,000. */
  connectTimeoutMs?: number;
  /** Milliseconds for everything: redirects, headers and body. Default 15,000. */
  timeoutMs?: number;
  /** The caller's own reason to stop: its `reason` is thrown as it is. */
  signal?: AbortSignal;
}

export interface GuardedResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Uint8Array;
  /** The URL that answered, after redirects. */
  url: string;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Fetches a URL that an outsider chose. The host is resolved once, its addresses are checked, and the connection is
 * opened to exactly those, so that a name which resolves differently a moment later (DNS rebinding) gains nothing.
 * Sends no cookies or credentials, follows redirects only as far as `maxRedirects`, and holds no more than `maxBytes`.
 *
 * @throws GuardedFetchError, or `signal.reason`
 */
export async function guardedFetch(options: GuardedFetchOptions): Promise<GuardedResponse> {
  const timeoutMs = options.timeoutMs ?? 15_000;
  const maxRedirects = options.maxRedirects ?? 0;
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = options.signal ? AbortSignal.any([deadline, options.signal]) : deadline;

  let url = parseOutboundUrl(options.url);
  try {
    for (let followed = 0; ; followed++) {
      const answer = await exchange({ ...options, url, signal });
      const location = REDIRECTS.has(answer.status) ? answer.headers.location : undefined;
      if (typeof location !== 'string' || maxRedirects === 0) return { ...answer, url: url.href };
      if (followed === maxRedirects) {
        throw new GuardedFetchError('host', `The host redirected more than ${maxRedirects} times.`);
      }
      url = parseRedirect(location, url);
    }
  } catch (error) {
    options.signal?.throwIfAborted();
    if (deadline.aborted && !(error instanceof GuardedFetchError)) {
      throw new GuardedFetchError('timeout', `${hostOf(url)} did not finish within ${timeoutMs / 1000} seconds.`, {
        cause: error,
      });
    }
    throw asFailure(error, url);
  }
}

/**
 * Whether a URL may be fetched, as far as that can be said before: it can be used, and its host, if it resolves, is not
 * private. A later fetch checks again.
 *
 * @throws GuardedFetchError with `url` or `address`
 */
export async function assertFetchable(options: { url: string; allow: FetchAllow; owner: string }): Promise<void> {
  const url = parseOutboundUrl(options.url);
  try {
    await resolveReachable(url, { ...options, connectTimeoutMs: 5_000, signal: AbortSignal.timeout(5_000) });
  } catch (error) {
    // A host that does not resolve now may do so when it is needed.
    if (error instanceof GuardedFetchError && error.reason === 'address') throw error;
  }
}

/**
 * Parses with the WHATWG parser, the one that also decides where the connection goes, so that no spelling of an
 * address (`0x7f.1`, `127.1`, `①27.0.0.1`) means one thing to the check and another to the connection.
 */
function parseOutboundUrl(text: string): URL {
  if (text.length > MAX_URL_LENGTH) {
    throw new GuardedFetchError('url', `The URL is longer than ${MAX_URL_LENGTH} characters.`);
  }
  if (!URL.canParse(text))
    throw new GuardedFetchError('url', 'The URL cannot be parsed; give an absolute http(s) URL.');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new GuardedFetchError('url', 'The URL is neither http nor https.');
  }
  if (url.username !== '' || url.password !== '') {
    throw new GuardedFetchError(
      'url',
      'The URL carries a user name or password, which are never sent; leave them out.',
    );
  }
  return url;
}

function parseRedirect(location: string, from: URL): URL {
  try {
    return parseOutboundUrl(URL.canParse(location, from.href) ? new URL(location, from.href).href : location);
  } catch (error) {
    throw new GuardedFetchError('host', `${hostOf(from)} redirected to something that cannot be followed.`, {
      cause: error,
    });
  }
}

/** One request and its answer, without following anything. */
async function exchange(options: Omit<GuardedFetchOptions, 'url'> & { url: URL; signal: AbortSignal }) {
  const { url, signal, maxBytes } = options;
  const connectTimeoutMs = options.connectTimeoutMs ?? 5_000;
  const addresses = await resolveReachable(url, { ...options, connectTimeoutMs });
  const agent = new Agent({
    connect: {
      timeout: connectTimeoutMs,
      lookup: pinnedLookup(addresses),
      // Node tries a host's addresses in turn, a quarter of a second each: too short for a distant host.
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: Math.max(250, Math.floor(connectTimeoutMs / (addresses.length + 1))),
    },
    maxHeaderSize: 16 * 1024,
  });
  try {
    const answer = await request(url, {
      dispatcher: agent,
      method: options.method ?? 'GET',
      headers: { 'user-agent': 'Kith', 'accept-encoding': 'identity', ...options.headers },
      body: options.body,
      signal,
    });
    const { statusCode: status, headers } = answer;
    const redirect = REDIRECTS.has(status) && headers.location !== undefined;
    const body = redirect ? new Uint8Array() : await readBody(answer, maxBytes, url, signal);
    return { status, headers, body };
  } finally {
    // Also drops a body that was not read to its end.
    agent.destroy().catch(() => {});
  }
}

/** The addresses of a URL's host that may be connected to. */
async function resolveReachable(url: URL, resolving: Resolving) {
  const { allow } = resolving;
  const literal = literalAddress(url.hostname);
  const found: LookupAddress[] =
    literal === null
      ? await resolveName(url, resolving)
      : [{ address: literal.toString(), family: literal.kind() === 'ipv6' ? 6 : 4 }];
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  const reachable = found.filter(({ address }) => isReachable({ hostname: url.hostname, port, address, allow }));
  if (reachable.length === 0) {
    throw new GuardedFetchError(
      'address',
      `${hostOf(url)} is not on the public internet. Whoever runs this server can allow it with FETCH_ALLOW.`,
    );
  }
  return reachable;
}

interface Resolving {
  allow: FetchAllow;
  owner: string;
  connectTimeoutMs: number;
  signal: AbortSignal;
}

async function resolveName(url: URL, { owner, connectTimeoutMs, signal }: Resolving): Promise<LookupAddress[]> {
  try {
    return await nameLookups().find({ hostname: url.hostname, owner, timeoutMs: connectTimeoutMs, signal });
  } catch (error) {
    if (signal.aborted) throw error;
    const failure = (reason: FetchFailure, message: string) => new GuardedFetchError(reason, message, { cause: error });
    if (!(error instanceof LookupTimeout)) throw failure('host', `The name ${hostOf(url)} cannot be resolved.`);
    if (error.begun) throw failure('timeout', `The name ${hostOf(url)} was not resolved in time.`);
    throw failure('busy', 'Too many names of hosts are being resolved. Try again shortly.');
  }
}

/** Each bundle's own would not bound what they look up together. */
const nameLookups = () =>
  processWide('nameLookups', () => new NameLookups((hostname) => lookup(hostname, { all: true, verbatim: true })));

/** Answers every question of the connector with the addresses that were checked. */
function pinnedLookup(addresses: LookupAddress[]): LookupFunction {
  return (_hostname, options, callback) => {
    const first = addresses[0];
    if (options.all) callback(null, addresses);
    else if (first) callback(null, first.address, first.family);
  };
}

async function readBody(answer: Dispatcher.ResponseData, maxBytes: number, url: URL, signal: AbortSignal) {
  const tooLarge = () =>
    new GuardedFetchError('size', `${hostOf(url)} sent more than ${maxBytes} bytes, the most this server takes.`);
  if (Number(answer.headers['content-length']) > maxBytes) throw tooLarge();

  // Counted twice: what comes in, and what a compressed body (asked not to be) unfolds to.
  async function* counted(source: AsyncIterable<Uint8Array>) {
    let bytes = 0;
    for await (const chunk of source) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw tooLarge();
      yield chunk;
    }
  }
  const chunks: Uint8Array[] = [];
  async function collect(source: AsyncIterable<Uint8Array>) {
    for await (const chunk of counted(source)) chunks.push(chunk);
  }
  const decoder = contentDecoder(answer.headers['content-encoding'], url);
  if (decoder) await pipeline(answer.body, counted, decoder, collect, { signal });
  else await pipeline(answer.body, collect, { signal });
  return new Uint8Array(Buffer.concat(chunks));
}

function contentDecoder(encoding: string | string[] | undefined, url: URL): Duplex | null {
  switch (
    String(encoding ?? '')
      .trim()
      .toLowerCase()
  ) {
    case '':
    case 'identity':
      return null;
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      throw new GuardedFetchError('host', `${hostOf(url)} sent a Content-Encoding that was not asked for.`);
  }
}

/** Host and port as the URL names them: what may be repeated to whoever gave it. */
function hostOf(url: URL): string {
  return url.host;
}

function asFailure(error: unknown, url: URL): GuardedFetchError {
  if (error instanceof GuardedFetchError) return error;
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const host = hostOf(url);
  const failure = (reason: FetchFailure, message: string) => new GuardedFetchError(reason, message, { cause: error });
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') {
    return failure('timeout', `${host} did not accept a connection in time.`);
  }
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') {
    return failure('timeout', `${host} did not answer in time.`);
  }
  if (code.startsWith('HPE_') || code === 'UND_ERR_HEADERS_OVERFLOW') {
    return failure('host', `${host} did not answer with valid HTTP.`);
  }
  if (code === 'UND_ERR_SOCKET' || code.startsWith('UND_ERR_RES') || code === 'ECONNRESET') {
    return failure('host', `${host} closed the connection before the answer was complete.`);
  }
  if (code.startsWith('Z_') || code.startsWith('ERR__ERROR_') || code.startsWith('ERR_BROTLI')) {
    return failure('host', `${host} sent a body that does not match its Content-Encoding.`);
  }
  if (/CERT|SIGNATURE|ISSUER/.test(code)) {
    return failure(
      'host',
      `The certificate of ${host} is not accepted: it is expired, for another name, or self-signed.`,
    );
  }
  if (/SSL|TLS|EPROTO/.test(code)) {
    return failure('host', `A secure connection to ${host} could not be made: it does not speak TLS as it should.`);
  }
  return failure('host', `${host} could not be reached.`);
}
