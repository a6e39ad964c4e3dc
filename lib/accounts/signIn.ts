import { eq } from 'drizzle-orm';
import { users } from '@/db/schema';
import { KithError } from '@/lib/contract/errors';
import { database } from '@/lib/server/database';
import { verifyPassword } from './passwords';
import { startSession } from './session';
import { assertMayTry, countFailure, forgetFailures } from './throttle';

interface SignInInput {
  email: string;
  password: string;
  address: string;
  agent: string | null;
}

/**
 * Checks a password and starts a session. UNAUTHENTICATED does not tell a wrong password from an unknown, disabled
 * or not yet accepted account; RATE_LIMITED says how long to wait.
 */
export async function signIn({ email, password, address, agent }: SignInInput) {
  const attempt = { email: email.trim().toLowerCase(), address };
  const db = await database();
  await assertMayTry(db, attempt);
  const [user] = await db.select().from(users).where(eq(users.email, attempt.email));
  const right = await verifyPassword(user?.passwordHash ?? null, password);
  if (!user || !right || user.disabledAt !== null) {
    await countFailure(db, attempt);
    throw new KithError('UNAUTHENTICATED', 'Email or password is not right.');
  }
  await forgetFailures(db, attempt);
  const sessionId = await startSession({ userId: user.id, address, agent });
  return { id: user.id, email: user.email, sessionId };
}
