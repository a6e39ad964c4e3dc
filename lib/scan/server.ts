import type { ServerSettings } from './records';

/** The server refused, with the number and the words of its table of errors. */
export class ServerError extends Error {
  override readonly name = 'ServerError';

  constructor(
    readonly status: number,
    readonly type: number,
    message: string,
    /** Seconds after which to ask again, where the server said so. */
    readonly retryAfter: number | null,
  ) {
    super(message);
  }
}

/** The device was revoked: everything it keeps is to be wiped. */
export class RevokedError extends Error {
  override readonly name = 'RevokedError';
}

/** No answer came: no connection, or nobody there. */
export class OfflineError extends Error {
  override readonly name = 'OfflineError';
}

/** A server that says nothing for this long counts as not there. */
const PATIENCE_MS = 20_000;

interface Call {
  method?: 'GET' | 'POST';
  path: string;
  token?: string;
  json?: unknown;
  form?: FormData;
  accept?: string;
  signal?: AbortSignal | undefined;
}

/** Calls our own server. Throws OfflineError, RevokedError, ServerError. */
export async function call({ method = 'POST', path, token, json, form, accept, signal }: Call): Promise<Response> {
  const headers = new Headers();
  if (token) headers.set('Authorization', `Bearer ${token}`);
  if (json !== undefined) headers.set('Content-Type', 'application/json');
  if (accept) headers.set('Accept', accept);
  const patience = AbortSignal.timeout(PATIENCE_MS);
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: json === undefined ? form : JSON.stringify(json),
      signal: signal ? AbortSignal.any([signal, patience]) : patience,
      cache: 'no-store',
      credentials: 'omit',
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new OfflineError('The server cannot be reached.', { cause });
  }
  if (!response.ok) throw await failure(response);
  return response;
}

async function failure(response: Response): Promise<Error> {
  const body: unknown = await response.json().catch(() => null);
  const { error_type, error_message, revoked } = (body ?? {}) as Record<string, unknown>;
  if (typeof error_type !== 'number' || typeof error_message !== 'string') {
    // Not an answer of ours: a proxy that stands in for a server that is away.
    return new OfflineError(`The server cannot be reached (${response.status}).`);
  }
  if (response.status === 401 && revoked === true) return new RevokedError(error_message);
  const retryAfter = Number(response.headers.get('Retry-After')) || null;
  return new ServerError(response.status, error_type, error_message, retryAfter);
}

/** Spends a pairing code. */
export async function pair(pairingCode: string): Promise<ServerSettings & { token: string }> {
  const response = await call({ path: '/api/devices/pair', json: { pairing_code: pairingCode } });
  return response.json();
}

/** Says how this phone stands and hears how it should work. */
export async function contact(
  token: string,
  report: { gallery_version: number; gallery_faces: number; waiting_events: number; app_version: string },
): Promise<ServerSettings> {
  return (await call({ path: '/api/devices/contact', token, json: report })).json();
}

/** Gives the pairing up, so that the token is worth nothing any more. */
export async function unpair(token: string): Promise<void> {
  await call({ path: '/api/devices/unpair', token });
}
