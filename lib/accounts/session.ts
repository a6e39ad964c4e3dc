import { and, eq, gt, isNull, lt, ne, sql } from 'drizzle-orm';
import { decode } from 'next-auth/jwt';
import type { Database } from '@/db/client';
import { sessions, users } from '@/db/schema';
import { authSecret } from '@/lib/server/authSecret';
import { database } from '@/lib/server/database';
import type { Role } from './permissions';

/** How long a sign-in lasts, in seconds. */
export const SESSION_SECONDS = 7 * 24 * 3600;

/** next-auth's names; the `__Secure-` one is only taken by browsers over TLS (RFC 6265bis, 4.1.3.1). */
export const SESSION_COOKIE = 'next-auth.session-token';
export const SECURE_SESSION_COOKIE = `__Secure-${SESSION_COOKIE}`;

export interface Account {
  id: number;
  email: string;
  name: string | null;
  role: Role;
  sessionId: string;
}

/**
 * Who a session token belongs to, or null. The token proves only that this server made it: whether the session
 * still stands, and what the person may do now, is asked of the database each time.
 */
export async function accountOfToken(token: string | undefined): Promise<Account | null> {
  if (!token) return null;
  const claims = await decode({ token, secret: authSecret() }).catch(() => null);
  const sessionId = claims?.sessionId;
  if (typeof sessionId !== 'string') return null;
  const db = await database();
  const [row] = await db
    .select({ id: users.id, email: users.email, name: users.name, role: users.role })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.id, sessionId),
        isNull(sessions.endedAt),
        gt(sessions.expiresAt, new Date()),
        isNull(users.disabledAt),
      ),
    );
  return row ? { ...row, sessionId } : null;
}

interface NewSession {
  userId: number;
  address: string | null;
  agent: string | null;
}

export async function startSession({ userId, address, agent }: NewSession): Promise<string> {
  const db = await database();
  const expiresAt = new Date(Date.now() + SESSION_SECONDS * 1000);
  await db.update(users).set({ lastSignInAt: new Date() }).where(eq(users.id, userId));
  const [row] = await db
    .insert(sessions)
    .values({ userId, address, agent: agent?.slice(0, 300) ?? null, expiresAt })
    .returning({ id: sessions.id });
  if (!row) throw new Error('a session was not stored');
  return row.id;
}

export async function endSession(sessionId: string): Promise<void> {
  const db = await database();
  await db
    .update(sessions)
    .set({ endedAt: new Date() })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.endedAt)));
}

/** Ends a user's sessions, all but `keep` where one is given. */
export async function endSessionsOf(db: Database, userId: number, keep?: string): Promise<void> {
  await db
    .update(sessions)
    .set({ endedAt: new Date() })
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.endedAt),
        keep === undefined ? undefined : ne(sessions.id, keep),
      ),
    );
}

/** Removes sessions whose time is over, with the addresses and browsers they were used from. */
export async function forgetOldSessions(db: Database, now = new Date()): Promise<void> {
  await db.delete(sessions).where(lt(sessions.expiresAt, now));
}

/** Signs a user out everywhere but in the session they are asking from. */
export async function endOtherSessions({ userId, sessionId }: { userId: number; sessionId: string }): Promise<void> {
  await endSessionsOf(await database(), userId, sessionId);
}

/** A user's sessions that stand, newest first. */
export async function openSessionsOf(userId: number) {
  const db = await database();
  return db
    .select({
      id: sessions.id,
      createdAt: sessions.createdAt,
      address: sessions.address,
      agent: sessions.agent,
    })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isNull(sessions.endedAt), gt(sessions.expiresAt, new Date())))
    .orderBy(sql`${sessions.createdAt} desc`);
}
