import { createHash, timingSafeEqual } from 'node:crypto';
import { SCOPES } from '@/lib/contract/scopes.ts';
import { env } from '@/lib/env.ts';
import { clientAddress } from './clientAddress.ts';
import { countFailedCredentials } from './credentialLimit.ts';
import type { Principal } from './principal.ts';

/** Tells whose a secret is, or null when it is not one of its kind. */
type SecretCheck = (secret: string) => Promise<Principal | null>;

/** Tells who is asking by something else than a secret in a header, or null. */
type RequestCheck = (request: Request) => Promise<Principal | null>;

/** Each kind of secret that a request may carry, asked in this order. */
const SECRETS: SecretCheck[] = [bootstrapKey];

/** Asked when there is no secret: the session of a signed-in user. */
const REQUESTS: RequestCheck[] = [];

/**
 * Who is asking, or null when no valid credentials came with the request. Credentials that are given but not valid
 * count against the caller's address.
 * @throws KithError RATE_LIMITED
 */
export async function authenticate(request: Request): Promise<Principal | null> {
  const secret = secretOf(request);
  if (secret === null) {
    for (const check of REQUESTS) {
      const principal = await check(request);
      if (principal) return principal;
    }
    return null;
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

/** The key from the settings: every scope. Compared as hashes, so that neither time nor length tells anything. */
async function bootstrapKey(secret: string): Promise<Principal | null> {
  const { API_KEY } = env();
  if (API_KEY === undefined || !timingSafeEqual(sha256(secret), sha256(API_KEY))) return null;
  return { kind: 'key', id: 'API_KEY', name: 'API_KEY', scopes: SCOPES };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
