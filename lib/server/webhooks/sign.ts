import { createHmac, randomBytes } from 'node:crypto';

/** What a secret begins with, as Standard Webhooks writes it. */
const PREFIX = 'whsec_';

/** Makes a secret of 256 random bits. */
export const makeSecret = (): string => PREFIX + randomBytes(32).toString('base64');

export interface Signing {
  /** The delivery's id: the same for every try. */
  id: string;
  /** When it is sent, Unix seconds: a receiver refuses what is old. */
  timestamp: number;
  body: string;
  /** The secret in use, and the one before while it is being rotated. */
  secrets: readonly string[];
}

/**
 * The headers of a signed post, by Standard Webhooks 1.0 ("Signature scheme"): HMAC-SHA256 over `id.timestamp.body`
 * under the bytes of the secret, as `v1,BASE64`, one for each secret with a space between.
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
