import { createHash, randomBytes } from 'node:crypto';
import { and, eq, gt, isNull, lt } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { accountLinks, users } from '@/db/schema';
import { KithError } from '@/lib/contract/errors';
import { database } from '@/lib/server/database';

const HOUR_MS = 3_600_000;

/** How long each kind of link may be used. */
const LIFE_MS = { setup: 24 * HOUR_MS, invite: 7 * 24 * HOUR_MS, reset: 24 * HOUR_MS } as const;
export type LinkKind = keyof typeof LIFE_MS;

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

/** What a link's path looks like; the origin comes from PUBLIC_URL or the request. */
export function linkPath(token: string): string {
  return `/setup?token=${token}`;
}

/**
 * Makes a link that works once. Older ones of the same kind for the same user stop working, but not set-up links: several
 * servers that start on one empty database print one each, and all are good until the first is used.
 */
export async function createLink(
  db: Database,
  { kind, userId }: { kind: LinkKind; userId: number | null },
): Promise<{ token: string; expiresAt: Date }> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(Date.now() + LIFE_MS[kind]);
  if (kind !== 'setup') {
    await db
      .delete(accountLinks)
      .where(
        and(
          eq(accountLinks.kind, kind),
          userId === null ? isNull(accountLinks.userId) : eq(accountLinks.userId, userId),
        ),
      );
  }
  await db.delete(accountLinks).where(lt(accountLinks.expiresAt, new Date()));
  await db.insert(accountLinks).values({ tokenHash: hashOf(token), kind, userId, expiresAt });
  return { token, expiresAt };
}

export interface OpenLink {
  kind: LinkKind;
  userId: number | null;
  email: string | null;
}

function usable(token: string) {
  return and(
    eq(accountLinks.tokenHash, hashOf(token)),
    isNull(accountLinks.usedAt),
    gt(accountLinks.expiresAt, new Date()),
  );
}

/** What a link is for, or null when it was used, ran out or never was. */
export async function readLink(token: string): Promise<OpenLink | null> {
  const db = await database();
  const [row] = await db
    .select({ kind: accountLinks.kind, userId: accountLinks.userId, email: users.email })
    .from(accountLinks)
    .leftJoin(users, eq(users.id, accountLinks.userId))
    .where(usable(token));
  return row ?? null;
}

/**
 * Uses a link up, and with a set-up link all others of its kind. Of two who use it at once one gets it; the other, as for
 * any dead link, NOT_FOUND.
 */
export async function redeemLink(db: Database, token: string): Promise<{ kind: LinkKind; userId: number | null }> {
  const [row] = await db
    .update(accountLinks)
    .set({ usedAt: new Date() })
    .where(usable(token))
    .returning({ kind: accountLinks.kind, userId: accountLinks.userId });
  if (!row) throw new KithError('NOT_FOUND', 'This link was used already or is too old. Ask for a new one.');
  if (row.kind === 'setup')
    await db.delete(accountLinks).where(and(eq(accountLinks.kind, 'setup'), isNull(accountLinks.usedAt)));
  return row;
}
