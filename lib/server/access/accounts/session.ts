import { and, eq, gt, isNull, lt, lte, ne, or, sql } from 'drizzle-orm';
import { decode } from 'next-auth/jwt';
import type { Database } from '@/db/client';
import { sessions, users } from '@/db/schema';
import { authSecret } from '@/lib/server/platform/authSecret';
import { database } from '@/lib/server/platform/database';
import { CLOCK_TOLERANCE_MS } from '@/lib/shared/contract/clock';
import type { Role } from '@/lib/shared/contract/permissions';

/** How long a session lasts, in seconds. */
export const SESSION_SECONDS = 7 * 24 * 3600;

/** Names that next-auth gives the cookie. Browsers accept the `__Secure-` name only over TLS (RFC 6265bis, 4.1.3.1). */
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
 * Returns the session tokens of a request, in the order to try them. A browser can have one of each name, if it reaches
 * this server both with and without TLS.
 */
export function sessionTokens(cookie: (name: string) => string | undefined): string[] {
  return [cookie(SECURE_SESSION_COOKIE), cookie(SESSION_COOKIE)].filter((token) => token !== undefined);
}

/** Returns the account of the first token that has one, or null. */
export async function accountOfTokens(tokens: readonly string[]): Promise<Account | null> {
  for (const token of tokens) {
    const sessionId = await sessionIdOf(token);
    const account = sessionId === null ? null : await accountOfSession(await database(), sessionId);
    if (account !== null) return account;
  }
  return null;
}

/**
 * Returns the session that a token belongs to, or null if this server did not create the token. The session may have
 * ended.
 */
export async function sessionIdOf(token: string): Promise<string | null> {
  const claims = await decode({ token, secret: authSecret() }).catch(() => null);
  return typeof claims?.sessionId === 'string' ? claims.sessionId : null;
}

/**
 * Returns the user of a session, or null if the session is no longer valid. A token only proves that this server
 * created it, so the database decides each time what the user may do.
 */
export async function accountOfSession(db: Database, sessionId: string, now = new Date()): Promise<Account | null> {
  const [row] = await db
    .select({ id: users.id, email: users.email, name: users.name, role: users.role })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.id, sessionId), counts(now), isNull(users.disabledAt)));
  return row ? { ...row, sessionId } : null;
}

/**
 * Condition: the session has not ended and not expired. A session that begins in the future, or lasts longer than any
 * session may, was created while a clock was ahead. Its age is unknown, so it counts as expired.
 */
function counts(now: Date) {
  return and(
    isNull(sessions.endedAt),
    gt(sessions.expiresAt, now),
    lte(sessions.createdAt, new Date(now.getTime() + CLOCK_TOLERANCE_MS)),
    lte(sessions.expiresAt, new Date(now.getTime() + SESSION_SECONDS * 1000 + CLOCK_TOLERANCE_MS)),
  );
}

interface NewSession {
  userId: number;
  address: string | null;
  agent: string | null;
  now: Date;
}

/** Starts a session, and returns its id. */
export async function startSession(db: Database, { userId, address, agent, now }: NewSession): Promise<string> {
  const expiresAt = new Date(now.getTime() + SESSION_SECONDS * 1000);
  await db.update(users).set({ lastSignInAt: now }).where(eq(users.id, userId));
  const [row] = await db
    .insert(sessions)
    .values({ userId, address, agent: agent?.slice(0, 300) ?? null, createdAt: now, expiresAt })
    .returning({ id: sessions.id });
  if (!row) throw new Error('a session was not stored');
  return row.id;
}

/** Ends a session. Returns its user, or null if it had ended before. */
export async function endSession(sessionId: string): Promise<Pick<Account, 'id' | 'email'> | null> {
  const db = await database();
  const [ended] = await db
    .update(sessions)
    .set({ endedAt: new Date() })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.endedAt)))
    .returning({ userId: sessions.userId });
  if (!ended) return null;
  const [user] = await db.select({ id: users.id, email: users.email }).from(users).where(eq(users.id, ended.userId));
  return user ?? null;
}

/** Ends all of a user's sessions except `keep`. */
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

/** Deletes expired sessions and those that begin in the future, with their addresses and browsers. */
export async function forgetOldSessions(db: Database, now = new Date()): Promise<void> {
  const latest = new Date(now.getTime() + SESSION_SECONDS * 1000 + CLOCK_TOLERANCE_MS);
  await db.delete(sessions).where(or(lt(sessions.expiresAt, now), gt(sessions.expiresAt, latest)));
}

/** Ends all sessions of a user except the one that asks. */
export async function endOtherSessions({ userId, sessionId }: { userId: number; sessionId: string }): Promise<void> {
  await endSessionsOf(await database(), userId, sessionId);
}

/** Returns a user's open sessions, newest first. */
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
    .where(and(eq(sessions.userId, userId), counts(new Date())))
    .orderBy(sql`${sessions.createdAt} desc`);
}
