import { createHmac, randomBytes } from 'node:crypto';

/** Prefix of a secret, from Standard Webhooks. */
const PREFIX = 'whsec_';

/** Returns a new secret of 256 random bits. */
export const makeSecret = (): string => PREFIX + randomBytes(32).toString('base64');

export interface Signing {
  /** The delivery's id, the same for every attempt. */
  id: string;
  /** Time of sending in Unix seconds. A receiver refuses an old one. */
  timestamp: number;
  body: string;
  /** The current secret, and the previous one during a rotation. */
  secrets: readonly string[];
}

/**
 * Returns the headers of a signed post, by Standard Webhooks 1.0 ("Signature scheme"): HMAC-SHA256 over
 * `id.timestamp.body` with the bytes of the secret, as `v1,BASE64`. There is one for each secret, separated by spaces.
 */
export function signedHeaders({ id, timestamp, body, secrets }: Signing): Record<string, string> {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  };
}
