import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { users } from '@/db/schema';

/** An administrator who can sign in. No set-up link works while one exists. */
export const ableAdmin = and(eq(users.role, 'admin'), isNull(users.disabledAt), isNotNull(users.passwordHash));

export async function hasAbleAdmin(db: Database): Promise<boolean> {
  const [admin] = await db.select({ id: users.id }).from(users).where(ableAdmin).limit(1);
  return admin !== undefined;
}

/** Key of the advisory lock for creating the first administrator. Any number, but the same on every server. */
const MAKING_FIRST_ADMIN = 0x61646d31;

/** Takes the lock until the transaction ends, so that only one caller creates the first administrator. */
export async function lockFirstAdmin(tx: Database): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${MAKING_FIRST_ADMIN})`);
}
