import type { AuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { KithError } from '@/lib/contract/errors';
import { log } from '@/lib/log/log';
import { authSecret } from '@/lib/server/authSecret';
import { databaseFailure } from '@/lib/server/databaseFailure';
import { endSession, SESSION_SECONDS } from './session';
import { signIn } from './signIn';

/** What of a request a sign-in depends on. */
export interface AuthRequest {
  /** Whether the browser speaks TLS, to us or to the proxy before us. */
  secure: boolean;
  address: string;
  agent: string | null;
}

/** next-auth's part: the form, its CSRF token and the cookie. Who may do what is lib/accounts' own. */
export function authOptions({ secure, address, agent }: AuthRequest): AuthOptions {
  return {
    secret: authSecret(),
    useSecureCookies: secure,
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    pages: { signIn: '/login', error: '/login' },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        async authorize(credentials) {
          try {
            const user = await signIn({
              email: credentials?.email ?? '',
              password: (credentials?.password ?? '').slice(0, 1_000),
              address,
              agent,
            });
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
      jwt({ token, user }) {
        return user && 'sessionId' in user ? { sub: user.id, sessionId: user.sessionId } : token;
      },
      session({ session }) {
        return session;
      },
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sessionId === 'string') await endSession(token.sessionId);
      },
    },
  };
}
