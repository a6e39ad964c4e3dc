import { type FailureBody, KithApiError, KithConnectionError } from './errors.ts';
import { readRetryAfter } from './retryAfter.ts';

/** Address and options of a server. */
export interface TransportOptions {
  /** Base URL of the server, such as `https://kith.example`. May have a path. */
  url: string;
  /** An API key or a device's token. */
  key?: string | undefined;
  /** Time limit of one attempt, in milliseconds, until its answer is read. Default 30,000. */
  timeoutMs?: number | undefined;
  /** Maximum number of retries. Default 2. */
  retries?: number | undefined;
  /** Default: the `fetch` of the runtime. */
  fetch?: typeof fetch | undefined;
}

/** Options of every call, as its last argument. */
export interface CallOptions {
  signal?: AbortSignal | undefined;
}

/** Options of a write, as its last argument. */
export interface WriteOptions extends CallOptions {
  /**
   * Identifies this write: 1 to 255 visible ASCII characters. If it is sent again with the same key within 24 hours,
   * also by another process, it is done once. Default: a new key per call, which its retries share.
   */
  idempotencyKey?: string | undefined;
}

type Value = string | number | boolean | object | null | undefined;
type Fields = { [field: string]: Value };

/** A request of the API. */
export interface Call extends WriteOptions {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Path from the root of the API, such as `/api/people`. */
  path: string;
  query?: { [name: string]: string | number | boolean | undefined } | undefined;
  /** Sent as JSON. A function is called again for each attempt. */
  body?: Fields | (() => Fields) | undefined;
  /** Files, which make the body multipart. */
  files?: { [field: string]: Blob } | undefined;
  /** Sent unchanged, with its media type, instead of `body` and `files`. */
  content?: Blob;
  /** Media type of the answer. Default `application/json`. */
  accept?: string;
  /** Whether the call may be repeated if its answer was lost. Default: true unless it is a POST. */
  idempotent?: boolean;
  /** Whether the call supports an `Idempotency-Key`. If so, one is sent, and the call is idempotent. */
  keyed?: boolean;
}

/** A successful answer with its whole body. */
export interface Answer {
  bytes: ArrayBuffer;
  /** Media type, as in the header; empty if there is none. */
  type: string;
}

const TIMEOUT_MS = 30_000;
const RETRIES = 2;
const FIRST_WAIT_MS = 500;
/** Longest `Retry-After` that a call waits for, in seconds. If it is longer, the call rejects. */
const LONGEST_WAIT_SECONDS = 30;
/** `error_type` of requests that the server turned away before it did anything: rate limit, overload. */
const TURNED_AWAY = [4000, 4001];
/** `error_type` of a failure inside the server, and of an answer that is not from the API. */
const INTERNAL = 9000;

/**
 * Sends calls with timeouts, retries and typed errors. `KithClient` uses it. Use it directly for calls that have no
 * method.
 */
export class Transport {
  readonly #options: TransportOptions;

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  /**
   * Sends a call and returns the JSON of its answer. It is not checked: the contract says that it is a `T`. Rejects as
   * {@link send} does.
   */
  async json<T>(call: Call): Promise<T> {
    const { bytes } = await this.send(call);
    const value = parseJson(new TextDecoder().decode(bytes));
    if (value === undefined) throw new KithApiError(200, null);
    return value as T;
  }

  /**
   * Sends a call and retries it if that may help. Rejects with {@link KithApiError}, {@link KithConnectionError}, or
   * the reason of `signal`.
   */
  send(call: Call): Promise<Answer> {
    return this.#repeat(call, false, async (response) => ({
      bytes: await response.arrayBuffer(),
      type: response.headers.get('content-type') ?? '',
    }));
  }

  /**
   * Sends a call and returns its answer as a stream. `timeoutMs` limits the time until the answer starts; `signal` may
   * abort it at any time. Rejects as {@link send} does.
   */
  open(call: Call): Promise<Response> {
    return this.#repeat(call, true, async (response) => response);
  }

  async #repeat<T>(given: Call, streamed: boolean, read: (response: Response) => Promise<T>): Promise<T> {
    const { retries = RETRIES } = this.#options;
    const call = given.keyed
      ? { ...given, idempotent: true, idempotencyKey: given.idempotencyKey ?? makeKey() }
      : given;
    let patience = retries === 0 ? 0 : LONGEST_WAIT_SECONDS;
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#attempt(call, streamed, read);
      } catch (error) {
        call.signal?.throwIfAborted();
        let wait = attempt < retries ? waitBeforeRetry(error, call, attempt) : null;
        if (isUnderWay(error, call) && patience > 0) {
          // An attempt whose answer was lost may still be in progress. Waiting for its end does not count as an
          // attempt.
          const seconds = Math.max(0.1, error.retryAfterSeconds ?? 1);
          patience -= seconds;
          attempt--;
          wait = seconds * 1000;
        }
        if (wait === null) throw error;
        await sleep(wait, call.signal);
      }
    }
  }

  async #attempt<T>(call: Call, streamed: boolean, read: (response: Response) => Promise<T>): Promise<T> {
    const { timeoutMs = TIMEOUT_MS, fetch = globalThis.fetch } = this.#options;
    call.signal?.throwIfAborted();
    // Not AbortSignal.any, which only recent browsers support.
    const controller = new AbortController();
    const abort = () => controller.abort();
    const timer = setTimeout(abort, timeoutMs);
    call.signal?.addEventListener('abort', abort, { once: true });
    let isOpen = false;
    try {
      const response = await fetch(this.#url(call), {
        method: call.method,
        headers: this.#headers(call),
        body: bodyOf(call),
        signal: controller.signal,
      });
      if (!response.ok) throw failureOf(response, await response.arrayBuffer());
      const answer = await read(response);
      isOpen = streamed;
      return answer;
    } catch (cause) {
      if (cause instanceof KithApiError) throw cause;
      const what = controller.signal.aborted ? `no answer within ${timeoutMs / 1000} s` : 'no connection';
      throw new KithConnectionError(`${what}: ${call.method} ${this.#options.url}${call.path}`, { cause });
    } finally {
      clearTimeout(timer);
      if (!isOpen) call.signal?.removeEventListener('abort', abort);
    }
  }

  #url({ path, query = {} }: Call): string {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value));
    const search = parameters.size > 0 ? `?${parameters}` : '';
    return withoutSlashesAtEnd(this.#options.url) + path + search;
  }

  #headers({ accept = 'application/json', body, files, content, keyed, idempotencyKey }: Call): Record<string, string> {
    const { key } = this.#options;
    return {
      Accept: accept,
      ...(key !== undefined && { Authorization: `Bearer ${key}` }),
      ...(keyed && idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }),
      // For multipart, fetch writes this header, because it contains the boundary. For a Blob, fetch writes the Blob's
      // type.
      ...(body && !files && !content && { 'Content-Type': 'application/json' }),
    };
  }
}

function bodyOf({ body: given, files, content }: Call): BodyInit | undefined {
  if (content) return content;
  const body = typeof given === 'function' ? given() : given;
  if (!files) return body && JSON.stringify(body);
  const form = new FormData();
  for (const [field, value] of Object.entries(body ?? {})) {
    if (value !== undefined) form.set(field, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  for (const [field, file] of Object.entries(files)) form.set(field, file, (file as Partial<File>).name ?? field);
  return form;
}

function failureOf(response: Response, bytes: ArrayBuffer): KithApiError {
  const body = parseJson(new TextDecoder().decode(bytes));
  const isOurs = typeof body === 'object' && body !== null && 'error_type' in body;
  const after = readRetryAfter(response.headers.get('retry-after'));
  return new KithApiError(response.status, isOurs ? (body as FailureBody) : null, after);
}

/** Returns `undefined` for text that is not JSON, such as the page of a proxy. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Returns whether an earlier attempt with the same key is still in progress. */
function isUnderWay(error: unknown, { keyed }: Call): error is KithApiError {
  return keyed === true && error instanceof KithApiError && error.status === 409 && error.retryAfterSeconds !== null;
}

/** Returns 128 random bits in hex. `randomUUID` is not available on pages without https. */
function makeKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Returns the milliseconds to wait before the next attempt; `null` if there must be none. */
function waitBeforeRetry(
  error: unknown,
  { method, idempotent = method !== 'POST' }: Call,
  attempt: number,
): number | null {
  // Exponential backoff with random jitter, so that many clients do not retry at the same moment.
  const backoff = FIRST_WAIT_MS * 2 ** attempt * (0.5 + Math.random());
  if (error instanceof KithConnectionError) return idempotent ? backoff : null;
  if (!(error instanceof KithApiError)) return null;
  // A failure inside the server, or in a proxy in front of it. The failure of a picture's host is not one.
  const isBroken = error.status >= 500 && error.errorType === INTERNAL && idempotent;
  if (error.status !== 429 && error.status !== 503 && !isBroken) return null;
  if (!idempotent && !TURNED_AWAY.includes(error.errorType)) return null;
  const { retryAfterSeconds } = error;
  if (retryAfterSeconds === null) return backoff;
  return retryAfterSeconds <= LONGEST_WAIT_SECONDS ? retryAfterSeconds * 1000 : null;
}

function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

/**
 * Not a regular expression: `/\/+$/` takes quadratic time, and a lookbehind is a syntax error in Safari before 16.4.
 */
function withoutSlashesAtEnd(url: string): string {
  let { length } = url;
  while (url[length - 1] === '/') length--;
  return url.slice(0, length);
}
