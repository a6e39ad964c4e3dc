import { Transport } from '@kith/sdk';

/** Longest wait for the beginning of an answer, ms: an import waits for a transaction, a backup for the copy of a folder. */
const ANSWER_MS = 10 * 60_000;

/** A running server, for the calls that the SDK's client has no method for. */
export const serverOf = ({ url, key }: { url: string; key?: string | undefined }): Transport =>
  new Transport({ url, key, timeoutMs: ANSWER_MS, retries: 3 });
