import { Transport } from '@kith/sdk';

/**
 * Time limit for the start of a response, ms. An import waits for a transaction, and a backup for the copy of a folder.
 */
const ANSWER_MS = 10 * 60_000;

/** Returns the transport to a running server, for calls that the SDK's client has no method for. */
export const serverOf = ({ url, key }: { url: string; key?: string | undefined }): Transport =>
  new Transport({ url, key, timeoutMs: ANSWER_MS, retries: 3 });
