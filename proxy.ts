import { type NextRequest, NextResponse } from 'next/server';
import { accountOfTokens, sessionTokens } from '@/lib/server/access/accounts/session';
import { safePath } from '@/lib/server/access/safePath';
import { contentSecurityPolicy } from '@/lib/server/http/contentSecurityPolicy';

/** Pages that are there before anyone has signed in. */
const OPEN = /^\/(login|setup|scan)(\/|$)/;

/**
 * Before every page: a Content-Security-Policy with a nonce of its own, and the way to the login page for whoever has
 * no session. Each page and each call checks again; this only spares a person the detour.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  if (!OPEN.test(pathname)) {
    const tokens = sessionTokens((name) => request.cookies.get(name)?.value);
    // Where that cannot be asked the page cannot either, and says so in its own look.
    const account = await accountOfTokens(tokens).catch(() => undefined);
    if (account === null) {
      const login = request.nextUrl.clone();
      login.pathname = '/login';
      const next = safePath(pathname + search);
      login.search = next === '/' ? '' : `?next=${encodeURIComponent(next)}`;
      return NextResponse.redirect(login);
    }
  }
  const nonce = crypto.randomUUID();
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  // Next reads the nonce for its own scripts from the request's policy.
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

/** Pages only: a proxy buffers the bodies of calls and cuts large pictures off; files need neither session nor nonce. */
export const config = {
  matcher: ['/((?!api|faces?(?:/|$)|_next|serwist|models|wasm|icons|.*\\.[a-z0-9]+$).*)'],
};
