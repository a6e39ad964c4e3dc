import type { AuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { safePath } from '@/lib/server/access/safePath';
import { authSecret } from '@/lib/server/platform/authSecret';
import { database } from '@/lib/server/platform/database';
import { databaseFailure } from '@/lib/server/platform/databaseFailure';
import { log } from '@/lib/server/platform/log';
import { KithError } from '@/lib/shared/contract/errors';
import type { AuthRequest } from './authRequest';
import { SESSION_SECONDS } from './session';
import { type SignedIn, signIn } from './signIn';

/**
 * Options of next-auth, which provides the form, its CSRF token and the cookie. This folder decides who may do what.
 * @param signedIn called with each sign-in, before the response is written
 */
export function authOptions(asked: AuthRequest, signedIn: (user: SignedIn) => void): AuthOptions {
  return {
    secret: authSecret(),
    useSecureCookies: asked.secure,
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    pages: { signIn: '/login', error: '/login' },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        async authorize(credentials) {
          try {
            const user = await signIn(await database(), {
              ...asked,
              email: String(credentials?.email ?? ''),
              password: String(credentials?.password ?? '').slice(0, 1_000),
            });
            signedIn(user);
            return { id: String(user.id), email: user.email, sessionId: user.sessionId };
          } catch (error) {
            const known = databaseFailure(error);
            if (known instanceof KithError) throw known;
            // next-auth shows an error's message to the browser: what is not ours to show is logged and replaced.
            log().error({ err: error }, 'sign-in failed');
            throw new KithError('INTERNAL', 'Signing in failed on the server. Its log says why.');
          }
        },
      }),
    ],
    callbacks: {
      redirect: ({ url, baseUrl }) => `${baseUrl}${safePath(pathOf(url))}`,
      jwt({ token, user }) {
        return user && 'sessionId' in user ? { sub: user.id, sessionId: user.sessionId } : token;
      },
      session({ session }) {
        return session;
      },
    },
  };
}

/** Returns the path of a URL. Its origin is ignored. */
function pathOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  return pathname + search;
}
