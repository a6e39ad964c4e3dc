import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import { users } from '@/db/schema';
import { env } from '@/lib/env';
import { database } from '@/lib/server/database';
import { createLink, linkPath } from './links';
import { hashPassword } from './passwords';

/**
 * Sees to it that someone can sign in. With ADMIN_EMAIL and ADMIN_PASSWORD that administrator is made; otherwise, while
 * there is none, answers the path of a one-time set-up link to print. Null when nothing has to be done.
 */
export async function prepareFirstAdmin(): Promise<string | null> {
  const db = await database();
  const [admin] = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, 'admin'), isNull(users.disabledAt), isNotNull(users.passwordHash)))
    .limit(1);
  if (admin) return null;
  const { ADMIN_EMAIL, ADMIN_PASSWORD } = env();
  if (ADMIN_EMAIL && ADMIN_PASSWORD) {
    await db
      .insert(users)
      .values({ email: ADMIN_EMAIL, role: 'admin', passwordHash: await hashPassword(ADMIN_PASSWORD) })
      .onConflictDoNothing();
    return null;
  }
  return linkPath((await createLink(db, { kind: 'setup', userId: null })).token);
}
