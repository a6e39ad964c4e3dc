import { eq } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { users } from '@/db/schema';
import { KithError } from '@/lib/shared/contract/errors';
import { knownBrowserCookie, knownBrowserNonce } from './knownBrowser';
import { verifyPassword } from './passwords';
import { startSession } from './session';
import { beginTry, browserCounters, countEverywhere, passed, strangerCounters, tooMany, waitOf } from './throttle';
import { traceFailure, traceSignedIn, traceThrottled } from './traceSignIn';

interface SignInInput {
  email: string;
  password: string;
  address: string;
  agent: string | null;
  /** Cookies of the request, by name. */
  cookies: ReadonlyMap<string, string>;
  /** Whether the browser uses TLS. */
  secure: boolean;
}

export interface SignedIn {
  id: number;
  email: string;
  sessionId: string;
  /** `Set-Cookie`: the browser is known to the account from now on. */
  knownBrowser: string;
}

/**
 * Checks a password and starts a session. A browser that signed in to the account before has an allowance of its own,
 * so that attempts of strangers do not lock it out. Once that allowance is used up, the browser counts as a stranger.
 * @throws KithError UNAUTHENTICATED, the same for a wrong password and for an unknown, disabled or not yet accepted
 *   account; RATE_LIMITED, with the time to wait
 */
export async function signIn(
  db: Database,
  { password, address, agent, cookies, secure, ...given }: SignInInput,
  now = new Date(),
): Promise<SignedIn> {
  const email = given.email.trim().toLowerCase().slice(0, 254);
  const [user] = await db.select().from(users).where(eq(users.email, email));
  const subject = user ?? null;
  const nonce = user ? knownBrowserNonce(user, cookies, now) : null;
  const known = nonce !== null && (await waitOf(db, browserCounters(nonce), now)) === 0;
  const counters = known ? browserCounters(nonce) : strangerCounters({ email, address });
  const begun = await beginTry(db, counters, now).catch(async (error: unknown) => {
    if (error instanceof KithError) {
      await traceThrottled(db, subject, { address, waitSeconds: error.retryAfterSeconds ?? 0 });
    }
    throw error;
  });
  const right = await verifyPassword(user?.passwordHash ?? null, password);
  if (!user || !right || user.disabledAt !== null) {
    const everywhere = await countEverywhere(db, now);
    await traceFailure(db, subject, { address, failures: subject ? begun.failures : everywhere });
    if (begun.waitMs > 0) throw tooMany(begun.waitMs);
    throw new KithError('UNAUTHENTICATED', 'Email or password is not right.');
  }
  await passed(db, counters);
  const sessionId = await startSession(db, { userId: user.id, address, agent, now });
  await traceSignedIn(db, user, { address, known });
  return { id: user.id, email: user.email, sessionId, knownBrowser: knownBrowserCookie(user, { secure, now }) };
}
