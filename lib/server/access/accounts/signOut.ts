import { sourceOf } from '@/lib/server/access/requestSource';
import { database } from '@/lib/server/platform/database';
import { KithError } from '@/lib/shared/contract/errors';
import { authRequest } from './authRequest';
import { endSession, SECURE_SESSION_COOKIE, SESSION_COOKIE, sessionIdOf, sessionTokens } from './session';
import { traceSignedOut } from './traceSignIn';

/** Returns the headers that remove both session cookies. */
const WITHOUT_SESSION = [
  `${SESSION_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`,
  `${SECURE_SESSION_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure`,
];

/**
 * Ends the browser's sessions, and makes it delete what it cached (W3C Clear Site Data).
 * @throws KithError FORBIDDEN unless a page of this server asks
 */
export async function signOut(request: Request, { headers }: { headers: Record<string, string> }): Promise<Response> {
  if (sourceOf(request) !== 'own page') {
    throw new KithError('FORBIDDEN', 'Signing in and out has to come from a page of this server.');
  }
  const { cookies, address } = authRequest(request);
  for (const token of sessionTokens((name) => cookies.get(name))) {
    const sessionId = await sessionIdOf(token);
    const user = sessionId === null ? null : await endSession(sessionId);
    if (user !== null) await traceSignedOut(await database(), user, { address });
  }
  const response = Response.json({ url: '/login' }, { headers: { ...headers, 'Clear-Site-Data': '"cache"' } });
  for (const cookie of WITHOUT_SESSION) response.headers.append('Set-Cookie', cookie);
  return response;
}
