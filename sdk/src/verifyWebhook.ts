/** Maximum difference between the sender's clock and this one, in seconds. The limit is from Standard Webhooks. */
const TOLERANCE_SECONDS = 5 * 60;
const PREFIX = 'whsec_';

/** The request is not from Kith, was changed on its way, or is too old. */
export class WebhookError extends Error {
  override readonly name = 'WebhookError';
}

/** Body of a webhook request: event name, time and data. */
export interface WebhookBody {
  type: string;
  timestamp: string;
  data: Record<string, unknown>;
}

/**
 * Verifies that a request is from Kith, according to Standard Webhooks: HMAC-SHA256 over its id, its time and the bytes
 * of its body. While the secret is rotated, a request has two signatures, of which one must be valid.
 * @param body of the request, as received, before any parsing
 * @param headers of the request: a `Headers`, or an object with lower-case names as in Node.js
 * @param secret of the webhook, which begins with `whsec_`
 * @param now milliseconds since 1970
 * @returns the body
 * @throws WebhookError with the reason
 */
export async function verifyWebhook(
  body: string | Uint8Array,
  headers: Headers | Record<string, string | string[] | undefined>,
  secret: string,
  now: number = Date.now(),
): Promise<WebhookBody> {
  const id = header(headers, 'webhook-id');
  const time = header(headers, 'webhook-timestamp');
  const seconds = Number(time);
  // NaN fails this comparison too.
  if (!(Math.abs(now / 1000 - seconds) <= TOLERANCE_SECONDS)) {
    throw new WebhookError('webhook-timestamp is more than five minutes away from this clock.');
  }
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const signed = concat(new TextEncoder().encode(`${id}.${time}.`), bytes);
  const key = await keyOf(secret);
  const signatures = header(headers, 'webhook-signature')
    .split(' ')
    .filter((part) => part.startsWith('v1,'))
    .map((part) => decode(part.slice(3)));
  for (const signature of signatures) {
    if (signature && (await crypto.subtle.verify('HMAC', key, signature, signed))) {
      return JSON.parse(new TextDecoder().decode(bytes));
    }
  }
  throw new WebhookError('webhook-signature does not belong to this body and secret.');
}

function header(headers: Headers | Record<string, string | string[] | undefined>, name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : headers[name];
  if (typeof value !== 'string') throw new WebhookError(`The header ${name} is missing.`);
  return value;
}

function keyOf(secret: string): Promise<CryptoKey> {
  const bytes = decode(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret);
  if (!bytes) throw new WebhookError('The secret is not one of Kith: "whsec_" and base64.');
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
}

function decode(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
