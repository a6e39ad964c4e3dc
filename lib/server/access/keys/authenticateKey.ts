import { and, eq, gt, isNull, or } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { apiKeys } from '@/db/schema';
import { env } from '@/lib/server/platform/env';
import { SCOPES, type Scope } from '@/lib/shared/contract/scopes';
import { hashKey, sameKey } from './token';

/** How exact `last_used_at` is: more would be a write for each request. */
const LAST_USED_EXACTNESS_MS = 60_000;

/** Who a key stands for. */
export interface KeyPrincipal {
  kind: 'key';
  /** Null: the API_KEY of the settings. */
  keyId: number | null;
  name: string;
  scopes: readonly Scope[];
  /** Ids of the groups it is limited to; null: not limited. */
  groups: readonly number[] | null;
}

/** Whom a key stands for; null when it is unknown, revoked or expired. */
export async function authenticateKey(
  db: Database,
  key: string,
  /** Default: API_KEY. */
  bootstrapKey: string | undefined = env().API_KEY,
): Promise<KeyPrincipal | null> {
  if (bootstrapKey !== undefined && sameKey(key, bootstrapKey)) {
    return { kind: 'key', keyId: null, name: 'API_KEY', scopes: SCOPES, groups: null };
  }
  const now = new Date();
  // Looked up by its hash: how long that takes says something about hashes, from which no key can be made.
  const [found] = await db
    .select()
    .from(apiKeys)
    .where(
      and(
        eq(apiKeys.hash, hashKey(key)),
        isNull(apiKeys.revokedAt),
        or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, now)),
      ),
    );
  if (!found) return null;
  if (now.getTime() - (found.lastUsedAt?.getTime() ?? 0) >= LAST_USED_EXACTNESS_MS) {
    await db.update(apiKeys).set({ lastUsedAt: now }).where(eq(apiKeys.id, found.id));
  }
  // A scope that a newer version wrote and this one does not know allows nothing.
  const scopes = SCOPES.filter((scope) => found.scopes.includes(scope));
  return { kind: 'key', keyId: found.id, name: found.name, scopes, groups: found.groupIds };
}
