import { users } from '@/db/schema';
import { recordAudit } from '@/lib/server/audit/recordAudit';
import { database } from '@/lib/server/platform/database';
import { env } from '@/lib/server/platform/env';
import { log } from '@/lib/server/platform/log';
import { hasAbleAdmin, lockFirstAdmin } from './ableAdmin';
import { createLink, endSetupLinks, linkPath } from './links';
import { hashPassword } from './passwords';

/**
 * Ensures that somebody can sign in. With ADMIN_EMAIL and ADMIN_PASSWORD, creates that administrator. Without them,
 * returns the path of a one-time set-up link to print. Returns null if an administrator exists.
 */
export async function prepareFirstAdmin(): Promise<string | null> {
  const db = await database();
  if (await hasAbleAdmin(db)) {
    // A restored database, or one that another server uses, can have both.
    await endSetupLinks(db);
    return null;
  }
  const { ADMIN_EMAIL, ADMIN_PASSWORD } = env();
  if (ADMIN_EMAIL && ADMIN_PASSWORD) {
    if (await makeAdmin({ email: ADMIN_EMAIL, password: ADMIN_PASSWORD })) return null;
    log().warn(
      { variable: 'ADMIN_EMAIL' },
      'an account has the address of ADMIN_EMAIL and is not an active administrator: it was not changed',
    );
  }
  return linkPath((await createLink(db, { kind: 'setup', userId: null })).token);
}

/**
 * Creates an administrator unless one exists. Returns false if the email belongs to an account that is no
 * administrator.
 */
async function makeAdmin({ email, password }: { email: string; password: string }): Promise<boolean> {
  const db = await database();
  const passwordHash = await hashPassword(password);
  return db.transaction(async (tx) => {
    await lockFirstAdmin(tx);
    if (await hasAbleAdmin(tx)) return true;
    const [made] = await tx
      .insert(users)
      .values({ email, role: 'admin', passwordHash })
      .onConflictDoNothing()
      .returning({ id: users.id });
    if (!made) return false;
    await endSetupLinks(tx);
    await recordAudit(
      { kind: 'system', id: null, name: 'ADMIN_EMAIL', address: null },
      { action: 'user.create', subjectKind: 'user', subjectId: made.id, details: { role: 'admin' } },
      tx,
    );
    return true;
  });
}
