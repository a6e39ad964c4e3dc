import { type FetchFailure, GuardedFetchError, guardedFetch } from '@/lib/server/outbound/guardedFetch';
import type { FetchAllow } from '@/lib/server/platform/parseFetchAllow';
import { type ErrorCode, KithError } from '@/lib/shared/contract/errors';

const CODES: Record<FetchFailure, ErrorCode> = {
  url: 'BAD_IMAGE_URL',
  address: 'ADDRESS_NOT_ALLOWED',
  host: 'IMAGE_HOST_FAILED',
  timeout: 'IMAGE_HOST_TIMEOUT',
  size: 'IMAGE_TOO_LARGE',
  busy: 'OVERLOADED',
};

/** Enough for a shortened link to a signed URL on a CDN. */
const MAX_REDIRECTS = 3;

export interface FetchImageOptions {
  /** An http or https URL. */
  url: string;
  /** `MAX_IMAGE_BYTES`. */
  maxBytes: number;
  /** `FETCH_ALLOW`. */
  allow: FetchAllow;
  /** See `guardedFetch`. */
  owner: string;
  /** See `guardedFetch`. */
  connectTimeoutMs?: number;
  /** See `guardedFetch`. */
  timeoutMs?: number;
  signal?: AbortSignal;
}

/**
 * Returns the bytes at an image URL. `decodeImage` checks whether they are a picture: the host's content type is not
 * trusted, and often wrong.
 *
 * @throws KithError BAD_IMAGE_URL, ADDRESS_NOT_ALLOWED, IMAGE_HOST_FAILED, IMAGE_HOST_TIMEOUT, IMAGE_TOO_LARGE or
 * OVERLOADED
 */
export async function fetchImage(options: FetchImageOptions): Promise<Uint8Array> {
  let answer: Awaited<ReturnType<typeof guardedFetch>>;
  try {
    answer = await guardedFetch({
      ...options,
      maxRedirects: MAX_REDIRECTS,
      headers: { accept: 'image/avif,image/webp,image/*;q=0.9,*/*;q=0.1' },
    });
  } catch (error) {
    if (!(error instanceof GuardedFetchError)) throw error;
    throw new KithError(CODES[error.reason], `image_url: ${error.message}`, {
      cause: error.cause ?? error,
      ...(error.reason === 'busy' && { retryAfterSeconds: 1 }),
    });
  }
  if (answer.status < 200 || answer.status > 299) {
    throw new KithError('IMAGE_HOST_FAILED', `image_url: ${new URL(answer.url).host} answered ${answer.status}.`);
  }
  return answer.body;
}
