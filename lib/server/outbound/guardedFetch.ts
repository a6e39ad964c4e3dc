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
 * `url`: the URL is invalid. `address`: it leads to an address that is not allowed. `host`: its host failed. `timeout`:
 * its host was too slow. `size`: the response was too large. `busy`: this server looks up too many names.
 */
export type FetchFailure = 'url' | 'address' | 'host' | 'timeout' | 'size' | 'busy';

/** The message is a sentence for whoever gave the URL. The `cause` has the original error. */
export class GuardedFetchError extends Error {
  readonly reason: FetchFailure;

  constructor(reason: FetchFailure, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'GuardedFetchError';
    this.reason = reason;
  }
}

export interface GuardedFetchOptions {
  /** http or https, from somebody who may not use this server's network. */
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Private addresses that are allowed. */
  allow: FetchAllow;
  /** Who gave the URL, for the fair share of name lookups. */
  owner: string;
  /** Limit of the response's body in bytes, both on the wire and after its `Content-Encoding`. */
  maxBytes: number;
  /**
   * Redirects to follow, each checked like the first URL. With 0 (the default) a redirect is returned as the response.
   */
  maxRedirects?: number;
  /** Timeout for the name lookup, and again for TCP with TLS, in milliseconds. Default 5,000. */
  connectTimeoutMs?: number;
  /** Timeout for everything in milliseconds: redirects, headers and body. Default 15,000. */
  timeoutMs?: number;
  /** Signal of the caller. Its `reason` is thrown unchanged. */
  signal?: AbortSignal;
}

export interface GuardedResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Uint8Array;
  /** The final URL, after redirects. */
  url: string;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Fetches a URL that an outsider chose. It resolves the host once, checks the addresses, and connects to exactly those.
 * A name that resolves differently a moment later (DNS rebinding) therefore gains nothing. It sends no cookies or
 * credentials, follows at most `maxRedirects`, and stores at most `maxBytes`.
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
 * Checks a URL before it is fetched: it is valid, and its host, if it resolves, is not private. A later fetch checks
 * again.
 * @throws GuardedFetchError with `url` or `address`
 */
export async function assertFetchable(options: { url: string; allow: FetchAllow; owner: string }): Promise<void> {
  const url = parseOutboundUrl(options.url);
  try {
    await resolveReachable(url, { ...options, connectTimeoutMs: 5_000, signal: AbortSignal.timeout(5_000) });
  } catch (error) {
    // A host that does not resolve now may resolve when it is needed.
    if (error instanceof GuardedFetchError && error.reason === 'address') throw error;
  }
}

/**
 * Parses with the WHATWG parser, which also decides where the connection goes. A spelling of an address (`0x7f.1`,
 * `127.1`, `①27.0.0.1`) therefore means the same to the check and to the connection.
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

/** Sends one request, and follows nothing. */
async function exchange(options: Omit<GuardedFetchOptions, 'url'> & { url: URL; signal: AbortSignal }) {
  const { url, signal, maxBytes } = options;
  const connectTimeoutMs = options.connectTimeoutMs ?? 5_000;
  const addresses = await resolveReachable(url, { ...options, connectTimeoutMs });
  const agent = new Agent({
    connect: {
      timeout: connectTimeoutMs,
      lookup: pinnedLookup(addresses),
      // Node.js tries a host's addresses in turn, a quarter of a second each, which is too short for a distant host.
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
    // Also discards a body that was not read to its end.
    agent.destroy().catch(() => {});
  }
}

/** Returns the allowed addresses of a URL's host. */
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

/** One for the process: one in each bundle would not limit what they look up together. */
const nameLookups = () =>
  processWide('nameLookups', () => new NameLookups((hostname) => lookup(hostname, { all: true, verbatim: true })));

/** Answers the connector's lookups with the checked addresses. */
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

  // Counted twice: the bytes on the wire, and those of a compressed body (which was not asked for) after decompression.
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

/** Returns host and port as in the URL, which whoever gave it may see. */
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
