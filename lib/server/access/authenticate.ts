import { timingSafeEqual } from 'node:crypto';
import { assertOwnRequest, sessionPrincipal } from '@/lib/server/access/accounts/sessionPrincipal';
import { authenticateDevice } from '@/lib/server/access/devices/authenticateDevice';
import { looksLikeToken } from '@/lib/server/access/devices/secrets';
import { authenticateKey } from '@/lib/server/access/keys/authenticateKey';
import { database } from '@/lib/server/platform/database';
import { env } from '@/lib/server/platform/env';
import type { Operation } from '@/lib/shared/contract/operation';
import type { Principal } from '@/lib/shared/contract/principal';
import { clientAddress } from './clientAddress';
import { countFailedCredentials } from './credentialLimit';

/** Tells whose a secret is, or null when it is not one of its kind. */
type SecretCheck = (secret: string) => Promise<Principal | null>;

/** Each kind of secret that a request may carry, asked in this order. */
const SECRETS: SecretCheck[] = [deviceToken, cronSecret, apiKey];

/**
 * Who is asking, or null when no valid credentials came with the request. Without a secret that is the signed-in user.
 * Credentials that are given but not valid count against the caller's address.
 * @throws KithError RATE_LIMITED; FORBIDDEN for a session that another site uses
 */
export async function authenticate(
  request: Request,
  operation: Pick<Operation, 'scope' | 'method' | 'acts'>,
): Promise<Principal | null> {
  const secret = secretOf(request);
  if (secret === null) {
    // A page that anybody may read opens by a link from anywhere, for whoever is signed in too.
    if (operation.scope === null && operation.method === 'get') return null;
    const principal = await sessionPrincipal(request);
    if (principal !== null) assertOwnRequest(request, operation);
    return principal;
  }
  for (const check of SECRETS) {
    const principal = await check(secret);
    if (principal) return principal;
  }
  await countFailedCredentials(clientAddress(request, { trustedProxies: env().TRUSTED_PROXIES }));
  return null;
}

/** `Authorization: Bearer SECRET` (RFC 6750 section 2.1) or `X-API-Key: SECRET`. */
function secretOf(request: Request): string | null {
  const bearer = /^Bearer +(\S+) *$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  return bearer ?? request.headers.get('x-api-key')?.trim() ?? null;
}

/** An API key, or API_KEY of the settings. */
async function apiKey(secret: string): Promise<Principal | null> {
  const key = await authenticateKey(await database(), secret);
  if (key === null) return null;
  const { keyId, name, scopes, groups } = key;
  return { kind: 'key', id: keyId === null ? 'API_KEY' : String(keyId), name, scopes, groups };
}

/** The token a paired device was given. */
async function deviceToken(secret: string): Promise<Principal | null> {
  return looksLikeToken(secret) ? authenticateDevice(await database(), secret) : null;
}

/** CRON_SECRET of the settings: it may have due work done, and nothing else. */
async function cronSecret(secret: string): Promise<Principal | null> {
  const expected = Buffer.from(env().CRON_SECRET ?? '');
  const given = Buffer.from(secret);
  const same = expected.length > 0 && given.length === expected.length && timingSafeEqual(given, expected);
  return same ? { kind: 'cron', id: 'CRON_SECRET', name: 'scheduler', scopes: [] } : null;
}
