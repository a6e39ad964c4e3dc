import { and, eq, gt, isNull, lt, lte, ne, or, sql } from 'drizzle-orm';
import { decode } from 'next-auth/jwt';
import type { Database } from '@/db/client';
import { sessions, users } from '@/db/schema';
import { authSecret } from '@/lib/server/platform/authSecret';
import { database } from '@/lib/server/platform/database';
import { CLOCK_TOLERANCE_MS } from '@/lib/shared/contract/clock';
import type { Role } from '@/lib/shared/contract/permissions';

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
 * The session tokens of a request, to be tried in this order. There may be one of each name where a browser reaches this
 * server with TLS and without, or did before.
 */
export function sessionTokens(cookie: (name: string) => string | undefined): string[] {
  return [cookie(SECURE_SESSION_COOKIE), cookie(SESSION_COOKIE)].filter((token) => token !== undefined);
}

/** The account of the first token that has one, or null. */
export async function accountOfTokens(tokens: readonly string[]): Promise<Account | null> {
  for (const token of tokens) {
    const sessionId = await sessionIdOf(token);
    const account = sessionId === null ? null : await accountOfSession(await database(), sessionId);
    if (account !== null) return account;
  }
  return null;
}

/** Which session a token is for, or null when this server did not make it. The session may have ended. */
export async function sessionIdOf(token: string): Promise<string | null> {
  const claims = await decode({ token, secret: authSecret() }).catch(() => null);
  return typeof claims?.sessionId === 'string' ? claims.sessionId : null;
}

/**
 * Who a session belongs to, or null when it does not count (any more). Its token proves only that this server made it:
 * what the person may do now is asked of the database each time.
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
 * The session is neither ended nor over. One that begins later than now, or has more time left than any gets, was made
 * while a clock ran ahead: nobody knows how old it is, so it is over.
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

/** Starts a session. Returns its id. */
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

/** Ends a session. Returns whose it was; null when it had ended before. */
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

/** Removes sessions whose time is over or lies ahead, with the addresses and browsers they were used from. */
export async function forgetOldSessions(db: Database, now = new Date()): Promise<void> {
  const latest = new Date(now.getTime() + SESSION_SECONDS * 1000 + CLOCK_TOLERANCE_MS);
  await db.delete(sessions).where(or(lt(sessions.expiresAt, now), gt(sessions.expiresAt, latest)));
}

/** Signs a user out everywhere but in the session they are asking from. */
export async function endOtherSessions({ userId, sessionId }: { userId: number; sessionId: string }): Promise<void> {
  await endSessionsOf(await database(), userId, sessionId);
}

/** A user's open sessions, newest first. */
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
