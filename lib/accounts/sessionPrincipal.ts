import { KithError } from '@/lib/contract/errors';
import type { Principal } from '@/lib/http/principal';
import { scopesOf } from './permissions';
import { accountOfToken, SECURE_SESSION_COOKIE, SESSION_COOKIE } from './session';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * The signed-in user of a request, or null. A cookie comes along with requests that other sites cause, so whatever
 * changes something must come from a page of this server.
 * @throws KithError FORBIDDEN for a change from another site
 */
export async function sessionPrincipal(request: Request): Promise<Principal | null> {
  const cookies = request.headers.get('cookie') ?? '';
  const account = await accountOfToken(cookie(cookies, SECURE_SESSION_COOKIE) ?? cookie(cookies, SESSION_COOKIE));
  if (account === null) return null;
  if (!SAFE_METHODS.has(request.method) && !isSameOrigin(request)) {
    throw new KithError('FORBIDDEN', 'Changes with a session have to come from a page of this server.');
  }
  return {
    kind: 'session',
    id: String(account.id),
    name: account.email,
    scopes: scopesOf(account.role),
    role: account.role,
    sessionId: account.sessionId,
  };
}

/** `Sec-Fetch-Site` where the browser sends it (only over TLS and on localhost), else `Origin` against `Host`. */
function isSameOrigin(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const origin = request.headers.get('origin');
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
  return origin !== null && URL.canParse(origin) && new URL(origin).host === host;
}

function cookie(header: string, name: string): string | undefined {
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=');
    if (equals > 0 && pair.slice(0, equals).trim() === name) return decodeURIComponent(pair.slice(equals + 1).trim());
  }
  return undefined;
}
