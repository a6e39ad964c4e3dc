import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { users } from '@/db/schema';

/** An administrator who can sign in. While there is one, no set-up link works. */
export const ableAdmin = and(eq(users.role, 'admin'), isNull(users.disabledAt), isNotNull(users.passwordHash));

export async function hasAbleAdmin(db: Database): Promise<boolean> {
  const [admin] = await db.select({ id: users.id }).from(users).where(ableAdmin).limit(1);
  return admin !== undefined;
}

/** Any number, the same for every server: who holds this advisory lock is making the first administrator. */
const MAKING_FIRST_ADMIN = 0x61646d31;

/** Makes everybody else who would make the first administrator wait until this transaction ends. */
export async function lockFirstAdmin(tx: Database): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${MAKING_FIRST_ADMIN})`);
}
