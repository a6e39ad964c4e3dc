import { type DeviceState, KithApiError, KithClient, KithConnectionError } from '@kith/sdk';
import type { ServerSettings } from '@/lib/phone/store/records';

/** The server returned an error, with the type and message of its table of errors. */
export class ServerError extends Error {
  override readonly name = 'ServerError';

  constructor(
    readonly status: number,
    readonly type: number,
    message: string,
    /** Seconds from the server's Retry-After, or null. */
    readonly retryAfter: number | null,
  ) {
    super(message);
  }
}

/** The device was revoked: all its data must be wiped. */
export class RevokedError extends Error {
  override readonly name = 'RevokedError';
}

/** No response: no connection, or no server. */
export class OfflineError extends Error {
  override readonly name = 'OfflineError';
}

/** Timeout of a request, ms. */
const TIMEOUT_MS = 20_000;

/**
 * Sends one request to our own server. Throws what {@link asked} throws.
 * @param token omitted for requests that need no credentials
 */
export const ask = <Answer>(
  token: string | undefined,
  question: (kith: KithClient) => Promise<Answer>,
): Promise<Answer> => asked(() => question(clientFor(token)));

/** Returns a client for our own server. It does not retry: the next sync does. */
export const clientFor = (token: string | undefined): KithClient =>
  new KithClient({ url: '', key: token, timeoutMs: TIMEOUT_MS, retries: 0, fetch: fetchUncached });

/** Runs a request. Throws OfflineError, RevokedError, ServerError, and the reason of a signal. */
export async function asked<Answer>(request: () => Promise<Answer>): Promise<Answer> {
  try {
    return await request();
  } catch (error) {
    throw toClientError(error);
  }
}

/** Bypasses the browser's cache and cookies. */
const fetchUncached: typeof fetch = (input, init) => fetch(input, { ...init, cache: 'no-store', credentials: 'omit' });

function toClientError(error: unknown): unknown {
  if (error instanceof KithConnectionError) return new OfflineError('The server cannot be reached.', { cause: error });
  if (!(error instanceof KithApiError)) return error;
  const { status, body, errorType, message, retryAfterSeconds } = error;
  // Not our server's response: a proxy in front of a stopped server, or a captive portal.
  if (body === null) return new OfflineError(`The server cannot be reached (${status}).`, { cause: error });
  if (status === 401 && body.revoked === true) return new RevokedError(message);
  return new ServerError(status, errorType, message, retryAfterSeconds);
}

/** Exchanges a pairing code for a token and the settings. */
export const pair = (pairingCode: string): Promise<ServerSettings & { token: string }> =>
  ask(undefined, (kith) => kith.devices.pair(pairingCode));

/** Reports the state of this phone and returns the server's settings. */
export const contact = (token: string, report: DeviceState): Promise<ServerSettings> =>
  ask(token, (kith) => kith.devices.contact(report));

/** Unpairs this device, which invalidates the token. */
export const unpair = (token: string): Promise<void> => ask(token, (kith) => kith.devices.unpair());
