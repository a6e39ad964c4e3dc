import { asc, eq } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { isUniqueViolation } from '@/db/errors';
import { type User, users } from '@/db/schema';
import { database } from '@/lib/server/platform/database';
import { KithError } from '@/lib/shared/contract/errors';
import type { Role } from '@/lib/shared/contract/permissions';
import { ableAdmin, lockFirstAdmin } from './ableAdmin';
import { createLink, deadLink, endLinksOf, endSetupLinks, type LinkKind, readLink, redeemLink } from './links';
import { hashPassword, verifyPassword } from './passwords';
import { endSessionsOf } from './session';
import { beginTry, passed, sessionCounters, tooMany } from './throttle';
import { traceThrottled, traceWrongCurrent } from './traceSignIn';

export type UserStatus = 'active' | 'invited' | 'disabled';

export function statusOf(user: Pick<User, 'disabledAt' | 'passwordHash'>): UserStatus {
  if (user.disabledAt !== null) return 'disabled';
  return user.passwordHash === null ? 'invited' : 'active';
}

export async function listUsers(): Promise<User[]> {
  const db = await database();
  return db.select().from(users).orderBy(asc(users.email));
}

async function userOf(db: Database, id: number): Promise<User> {
  const [user] = await db.select().from(users).where(eq(users.id, id));
  if (!user) throw new KithError('NOT_FOUND', 'There is no such user.');
  return user;
}

/**
 * Refuses a change that would leave no administrator. It locks the administrators' rows, so that two administrators who
 * demote each other at the same time cannot both succeed.
 */
async function assertNotLastAdmin(db: Database, id: number): Promise<void> {
  const able = await db.select({ id: users.id }).from(users).where(ableAdmin).orderBy(asc(users.id)).for('update');
  if (able.length <= 1 && able[0]?.id === id) {
    throw new KithError('CONFLICT', 'This is the last administrator. Make someone else administrator first.');
  }
}

/** Adds a user without a password. The returned token belongs into the link to send. */
export async function inviteUser({ email, name, role }: { email: string; name: string | null; role: Role }) {
  const db = await database();
  try {
    return await db.transaction(async (tx) => {
      const [user] = await tx.insert(users).values({ email: email.toLowerCase(), name, role }).returning();
      if (!user) throw new Error('a user was not stored');
      return { user, ...(await createLink(tx, { kind: 'invite', userId: user.id })) };
    });
  } catch (error) {
    throw isUniqueViolation(error) ? emailTaken(error) : error;
  }
}

export interface UserChange {
  role?: Role | undefined;
  name?: string | null | undefined;
  disabled?: boolean | undefined;
}

/** Changes a user. Disabling ends their sessions and links. A changed role applies to their next request. */
export async function changeUser(id: number, change: UserChange): Promise<User> {
  const db = await database();
  return db.transaction(async (tx) => {
    const before = await userOf(tx, id);
    const losesAdmin = before.role === 'admin' && change.role !== undefined && change.role !== 'admin';
    if (losesAdmin || change.disabled === true) await assertNotLastAdmin(tx, id);
    const [user] = await tx
      .update(users)
      .set({
        role: change.role ?? before.role,
        name: change.name === undefined ? before.name : change.name,
        disabledAt: change.disabled === undefined ? before.disabledAt : change.disabled ? new Date() : null,
      })
      .where(eq(users.id, id))
      .returning();
    if (change.disabled) {
      await endSessionsOf(tx, id);
      await endLinksOf(tx, id);
    }
    return user ?? before;
  });
}

/** Deletes a user. Their entries stay in the audit log, under their email. */
export async function removeUser(id: number): Promise<User> {
  const db = await database();
  return db.transaction(async (tx) => {
    const user = await userOf(tx, id);
    await assertNotLastAdmin(tx, id);
    await tx.delete(users).where(eq(users.id, id));
    return user;
  });
}

/**
 * Creates a link with which the user sets a password: an invitation again, or a reset.
 * @throws KithError CONFLICT for a disabled user
 */
export async function newPasswordLink(id: number) {
  const db = await database();
  return db.transaction(async (tx) => {
    const user = await userOf(tx, id);
    if (user.disabledAt !== null) {
      throw new KithError('CONFLICT', 'This user is disabled. Enable them first, then make the link.');
    }
    const kind = user.passwordHash === null ? 'invite' : 'reset';
    return { user, ...(await createLink(tx, { kind, userId: id })) };
  });
}

interface Acceptance {
  token: string;
  /** Only for a set-up link: an invitation already has the email. */
  email?: string | undefined;
  name?: string | null | undefined;
  password: string;
}

/**
 * Uses a link: creates the first administrator, or sets the password of the user and ends earlier sessions. The link is
 * checked before the password is hashed, because hashing is slow on purpose.
 * @throws KithError NOT_FOUND for a link that cannot be used; CONFLICT for a set-up with the email of an account
 */
export async function acceptLink(given: Acceptance): Promise<{ user: User; kind: LinkKind }> {
  const { token, password } = given;
  const link = await readLink(token);
  if (link === null) throw deadLink();
  return link.userId === null
    ? setUp(given)
    : { user: await setPassword({ token, password, name: given.name }), kind: link.kind };
}

async function setUp({ token, email: given, name, password }: Acceptance): Promise<{ user: User; kind: LinkKind }> {
  if (!given) throw new KithError('BAD_REQUEST', 'email is required', { details: { field: 'email' } });
  const email = given.toLowerCase();
  const db = await database();
  const [taken] = await db.select({ id: users.id }).from(users).where(eq(users.email, email));
  if (taken) throw emailTaken();
  const passwordHash = await hashPassword(password);
  try {
    return await db.transaction(async (tx) => {
      await lockFirstAdmin(tx);
      const { kind } = await redeemLink(tx, token);
      const [user] = await tx
        .insert(users)
        .values({ email, name: name ?? null, role: 'admin', passwordHash })
        .returning();
      if (!user) throw new Error('a user was not stored');
      return { user, kind };
    });
  } catch (error) {
    throw isUniqueViolation(error) ? emailTaken(error) : error;
  }
}

async function setPassword({ token, password, name }: Omit<Acceptance, 'email'>): Promise<User> {
  const db = await database();
  const passwordHash = await hashPassword(password);
  return db.transaction(async (tx) => {
    const { userId } = await redeemLink(tx, token);
    if (userId === null) throw deadLink();
    const [user] = await tx
      .update(users)
      .set({ passwordHash, ...(name ? { name } : {}) })
      .where(eq(users.id, userId))
      .returning();
    if (!user) throw deadLink();
    await endSessionsOf(tx, user.id);
    if (user.role === 'admin') await endSetupLinks(tx);
    return user;
  });
}

const emailTaken = (cause?: unknown) =>
  new KithError('CONFLICT', 'Someone with this email is here already.', { cause });

interface PasswordChange {
  userId: number;
  /** The session that stays. All others of the user end. */
  sessionId: string;
  address: string;
  current: string;
  next: string;
}

/**
 * Changes the user's own password. Ends their other sessions, and the links that could set another password.
 * @throws KithError BAD_REQUEST for a wrong current password; RATE_LIMITED after several in this session
 */
export async function changePassword({ userId, sessionId, address, current, next }: PasswordChange): Promise<User> {
  const db = await database();
  const user = await userOf(db, userId);
  const counters = sessionCounters(sessionId);
  const begun = await beginTry(db, counters).catch(async (error: unknown) => {
    if (error instanceof KithError) {
      await traceThrottled(db, user, { address, waitSeconds: error.retryAfterSeconds ?? 0 });
    }
    throw error;
  });
  if (!(await verifyPassword(user.passwordHash, current))) {
    await traceWrongCurrent(db, user, { address, failures: begun.failures });
    if (begun.waitMs > 0) throw tooMany(begun.waitMs);
    throw new KithError('BAD_REQUEST', 'The current password is not right.', { details: { field: 'current' } });
  }
  await passed(db, counters);
  const passwordHash = await hashPassword(next);
  return db.transaction(async (tx) => {
    const [changed] = await tx.update(users).set({ passwordHash }).where(eq(users.id, userId)).returning();
    await endSessionsOf(tx, userId, sessionId);
    await endLinksOf(tx, userId);
    return changed ?? user;
  });
}
