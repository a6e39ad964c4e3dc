import { sourceOf } from '@/lib/server/access/requestSource';
import { KithError } from '@/lib/shared/contract/errors';
import type { Operation } from '@/lib/shared/contract/operation';
import { scopesOf } from '@/lib/shared/contract/permissions';
import type { Principal } from '@/lib/shared/contract/principal';
import { cookiesOf } from './cookies';
import { accountOfTokens, sessionTokens } from './session';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Returns the signed-in user of a request, or null. {@link assertOwnRequest} decides whether the request may use the
 * session.
 */
export async function sessionPrincipal(request: Request): Promise<Principal | null> {
  const cookies = cookiesOf(request.headers.get('cookie'));
  const account = await accountOfTokens(sessionTokens((name) => cookies.get(name)));
  if (account === null) return null;
  return {
    kind: 'session',
    id: String(account.id),
    name: account.email,
    scopes: scopesOf(account.role),
    role: account.role,
    sessionId: account.sessionId,
  };
}

/**
 * Refuses a session in a request that another site caused: browsers send the cookie there too. Changes, and reads with
 * an effect (`acts`), must come from a page of this server. Other reads may also come from the address bar.
 * @throws KithError FORBIDDEN
 */
export function assertOwnRequest(request: Request, { acts = false }: Pick<Operation, 'acts'> = {}): void {
  const source = sourceOf(request);
  if (!SAFE_METHODS.has(request.method)) {
    if (source !== 'own page') {
      throw new KithError('FORBIDDEN', 'Changes with a session have to come from a page of this server.');
    }
  } else if (source === 'other site' || (acts && source === 'unknown')) {
    throw new KithError('FORBIDDEN', 'A session cannot be used by a link or a page of another site.');
  }
}
