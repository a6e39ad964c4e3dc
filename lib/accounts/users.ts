import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { isUniqueViolation } from '@/db/errors';
import { type User, users } from '@/db/schema';
import { KithError } from '@/lib/contract/errors';
import { database } from '@/lib/server/database';
import { createLink, redeemLink } from './links';
import { hashPassword, verifyPassword } from './passwords';
import type { Role } from './permissions';
import { endSessionsOf } from './session';

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
 * Refuses what would leave nobody who can administer. The administrators' rows are locked, so that two of them
 * demoting each other at once cannot both succeed.
 */
async function assertNotLastAdmin(db: Database, id: number): Promise<void> {
  const admins = await db
    .select({ id: users.id, passwordHash: users.passwordHash })
    .from(users)
    .where(and(eq(users.role, 'admin'), isNull(users.disabledAt)))
    .orderBy(asc(users.id))
    .for('update');
  const able = admins.filter((admin) => admin.passwordHash !== null);
  if (able.length <= 1 && able[0]?.id === id) {
    throw new KithError('CONFLICT', 'This is the last administrator. Make someone else administrator first.');
  }
}

/** Adds someone who has still to choose a password; the token goes into the link to send. */
export async function inviteUser({ email, name, role }: { email: string; name: string | null; role: Role }) {
  const db = await database();
  try {
    return await db.transaction(async (tx) => {
      const [user] = await tx.insert(users).values({ email: email.toLowerCase(), name, role }).returning();
      if (!user) throw new Error('a user was not stored');
      return { user, ...(await createLink(tx, { kind: 'invite', userId: user.id })) };
    });
  } catch (error) {
    if (isUniqueViolation(error))
      throw new KithError('CONFLICT', 'Someone with this email is here already.', { cause: error });
    throw error;
  }
}

export interface UserChange {
  role?: Role | undefined;
  name?: string | null | undefined;
  disabled?: boolean | undefined;
}

/** Changes a user. Disabling ends their sessions; a changed role counts from their next click. */
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
    if (change.disabled) await endSessionsOf(tx, id);
    return user ?? before;
  });
}

/** Removes a user for good. What they did stays in the audit log under their email. */
export async function removeUser(id: number): Promise<User> {
  const db = await database();
  return db.transaction(async (tx) => {
    const user = await userOf(tx, id);
    await assertNotLastAdmin(tx, id);
    await tx.delete(users).where(eq(users.id, id));
    return user;
  });
}

/** A link with which the user chooses a password: an invitation again, or a reset. */
export async function newPasswordLink(id: number) {
  const db = await database();
  return db.transaction(async (tx) => {
    const user = await userOf(tx, id);
    const kind = user.passwordHash === null ? 'invite' : 'reset';
    return { user, ...(await createLink(tx, { kind, userId: id })) };
  });
}

interface Acceptance {
  token: string;
  /** Asked for by a set-up link only; an invitation knows whom it invited. */
  email?: string | undefined;
  name?: string | null | undefined;
  password: string;
}

/** Follows a link: makes the first administrator, or sets the password it was made for and ends older sessions. */
export async function acceptLink({ token, email, name, password }: Acceptance): Promise<User> {
  const db = await database();
  const passwordHash = await hashPassword(password);
  return db.transaction(async (tx) => {
    const link = await redeemLink(tx, token);
    if (link.userId === null) {
      if (!email) throw new KithError('BAD_REQUEST', 'email is required', { details: { field: 'email' } });
      const [user] = await tx
        .insert(users)
        .values({ email: email.toLowerCase(), name: name ?? null, role: 'admin', passwordHash })
        .onConflictDoUpdate({ target: users.email, set: { role: 'admin', passwordHash, disabledAt: null } })
        .returning();
      if (!user) throw new Error('a user was not stored');
      return user;
    }
    const [user] = await tx
      .update(users)
      .set({ passwordHash, ...(name ? { name } : {}) })
      .where(eq(users.id, link.userId))
      .returning();
    if (!user) throw new KithError('NOT_FOUND', 'There is no such user.');
    await endSessionsOf(tx, user.id);
    return user;
  });
}

interface PasswordChange {
  userId: number;
  /** Stays; every other session of the user ends. */
  sessionId: string;
  current: string;
  next: string;
}

export async function changePassword({ userId, sessionId, current, next }: PasswordChange): Promise<void> {
  const db = await database();
  const user = await userOf(db, userId);
  if (!(await verifyPassword(user.passwordHash, current))) {
    throw new KithError('BAD_REQUEST', 'The current password is not right.', { details: { field: 'current' } });
  }
  const passwordHash = await hashPassword(next);
  await db.transaction(async (tx) => {
    await tx.update(users).set({ passwordHash }).where(eq(users.id, userId));
    await endSessionsOf(tx, userId, sessionId);
  });
}
