import { type DeviceState, KithApiError, KithClient, KithConnectionError } from '@kith/sdk';
import type { ServerSettings } from '@/lib/phone/store/records';

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

/** A server that says nothing for this long counts as not there, ms. */
const PATIENCE_MS = 20_000;

/**
 * Asks our own server, once: what failed is asked again at the next sync. Throws OfflineError, RevokedError, ServerError,
 * and the reason of a signal.
 * @param token without one: what needs no credentials
 */
export async function ask<Answer>(
  token: string | undefined,
  question: (kith: KithClient) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await question(
      new KithClient({ url: '', key: token, timeoutMs: PATIENCE_MS, retries: 0, fetch: fetchAnew }),
    );
  } catch (error) {
    throw meaningOf(error);
  }
}

/** Neither the browser's cache nor its cookies have a part in what a phone is told. */
const fetchAnew: typeof fetch = (input, init) => fetch(input, { ...init, cache: 'no-store', credentials: 'omit' });

function meaningOf(error: unknown): unknown {
  if (error instanceof KithConnectionError) return new OfflineError('The server cannot be reached.', { cause: error });
  if (!(error instanceof KithApiError)) return error;
  const { status, body, errorType, message, retryAfterSeconds } = error;
  // Not an answer of ours: a proxy that stands in for a server that is away, or a network that wants a sign-in first.
  if (body === null) return new OfflineError(`The server cannot be reached (${status}).`, { cause: error });
  if (status === 401 && body.revoked === true) return new RevokedError(message);
  return new ServerError(status, errorType, message, retryAfterSeconds);
}

/** Spends a pairing code. */
export const pair = (pairingCode: string): Promise<ServerSettings & { token: string }> =>
  ask(undefined, (kith) => kith.devices.pair(pairingCode));

/** Says how this phone stands and hears how it should work. */
export const contact = (token: string, report: DeviceState): Promise<ServerSettings> =>
  ask(token, (kith) => kith.devices.contact(report));

/** Gives the pairing up, so that the token is worth nothing any more. */
export const unpair = (token: string): Promise<void> => ask(token, (kith) => kith.devices.unpair());
