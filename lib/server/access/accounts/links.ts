import { createHash, randomBytes } from 'node:crypto';
import { and, eq, exists, gt, isNull, lt, lte, notExists, or, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { accountLinks, users } from '@/db/schema';
import { database } from '@/lib/server/platform/database';
import { CLOCK_TOLERANCE_MS } from '@/lib/shared/contract/clock';
import { KithError } from '@/lib/shared/contract/errors';
import { ableAdmin } from './ableAdmin';

const HOUR_MS = 3_600_000;

/** How long each kind of link is valid. */
const LIFE_MS = { setup: 24 * HOUR_MS, invite: 7 * 24 * HOUR_MS, reset: 24 * HOUR_MS } as const;
export type LinkKind = keyof typeof LIFE_MS;

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

/** Returns a link's path. Its origin comes from PUBLIC_URL or the request. */
export function linkPath(token: string): string {
  return `/setup?token=${token}`;
}

/**
 * Creates a link that works once. Earlier links of the same kind for the same user stop working. Set-up links are an
 * exception: several servers that start on one empty database print one each, and all work until an administrator
 * exists.
 */
export async function createLink(
  db: Database,
  { kind, userId, now = new Date() }: { kind: LinkKind; userId: number | null; now?: Date },
): Promise<{ token: string; expiresAt: Date }> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(now.getTime() + LIFE_MS[kind]);
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
  await db.delete(accountLinks).where(lt(accountLinks.expiresAt, now));
  await db.insert(accountLinks).values({ tokenHash: hashOf(token), kind, userId, createdAt: now, expiresAt });
  return { token, expiresAt };
}

/** Ends all set-up links, because an administrator exists. */
export async function endSetupLinks(db: Database): Promise<void> {
  await db.delete(accountLinks).where(eq(accountLinks.kind, 'setup'));
}

/** Ends the links with which this user could set a password. */
export async function endLinksOf(db: Database, userId: number): Promise<void> {
  await db.delete(accountLinks).where(eq(accountLinks.userId, userId));
}

export interface OpenLink {
  kind: LinkKind;
  userId: number | null;
  email: string | null;
}

/**
 * Condition: the link is unused and has not expired. A set-up link also requires that no administrator exists. Any
 * other link requires an account that is not disabled. A link that expires later than its kind allows was created while
 * a clock was ahead, and is refused.
 */
function usable(db: Database, { token, now = new Date() }: { token: string; now?: Date }) {
  const inTime = (kind: LinkKind) =>
    and(
      eq(accountLinks.kind, kind),
      lte(accountLinks.expiresAt, new Date(now.getTime() + LIFE_MS[kind] + CLOCK_TOLERANCE_MS)),
    );
  const one = { one: sql`1` };
  const owner = and(eq(users.id, accountLinks.userId), isNull(users.disabledAt));
  return and(
    eq(accountLinks.tokenHash, hashOf(token)),
    isNull(accountLinks.usedAt),
    gt(accountLinks.expiresAt, now),
    or(
      and(inTime('setup'), notExists(db.select(one).from(users).where(ableAdmin))),
      and(or(inTime('invite'), inTime('reset')), exists(db.select(one).from(users).where(owner))),
    ),
  );
}

/** Returns what a link is for, or null if it cannot be used (any more). */
export async function readLink(token: string, now = new Date()): Promise<OpenLink | null> {
  const db = await database();
  const [row] = await db
    .select({ kind: accountLinks.kind, userId: accountLinks.userId, email: users.email })
    .from(accountLinks)
    .leftJoin(users, eq(users.id, accountLinks.userId))
    .where(usable(db, { token, now }));
  return row ?? null;
}

/** The error for a link that cannot be used. It does not say why. */
export const deadLink = () =>
  new KithError('NOT_FOUND', 'This link was used already or is too old. Ask for a new one.');

/**
 * Marks a link as used; for a set-up link, all others of its kind too. Of two simultaneous requests, one succeeds.
 * @throws KithError NOT_FOUND for the other, as for any link that cannot be used
 */
export async function redeemLink(
  db: Database,
  token: string,
  now = new Date(),
): Promise<{ kind: LinkKind; userId: number | null }> {
  const [row] = await db
    .update(accountLinks)
    .set({ usedAt: now })
    .where(usable(db, { token, now }))
    .returning({ kind: accountLinks.kind, userId: accountLinks.userId });
  if (!row) throw deadLink();
  if (row.kind === 'setup')
    await db.delete(accountLinks).where(and(eq(accountLinks.kind, 'setup'), isNull(accountLinks.usedAt)));
  return row;
}
