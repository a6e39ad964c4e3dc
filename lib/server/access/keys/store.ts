import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { type ApiKey, apiKeys } from '@/db/schema';
import { KithError } from '@/lib/shared/contract/errors';
import type { Scope } from '@/lib/shared/contract/scopes';
import { hashKey, makeKey, visiblePrefix } from './token';

/** A key as it may be shown. */
export type ListedKey = Omit<ApiKey, 'hash'>;

const { hash: _, ...LISTED } = {
  id: apiKeys.id,
  name: apiKeys.name,
  prefix: apiKeys.prefix,
  hash: apiKeys.hash,
  scopes: apiKeys.scopes,
  groupIds: apiKeys.groupIds,
  createdAt: apiKeys.createdAt,
  expiresAt: apiKeys.expiresAt,
  lastUsedAt: apiKeys.lastUsedAt,
  revokedAt: apiKeys.revokedAt,
};

export interface NewKey {
  name: string;
  scopes: readonly Scope[];
  /** Ids of the groups it is limited to. Null or absent: not limited. */
  groupIds?: readonly number[] | null;
  /** Null or absent: never. */
  expiresAt?: Date | null;
}

/** Makes a key. The key itself is in this answer and nowhere else. */
export async function createKey(db: Database, key: NewKey): Promise<ListedKey & { key: string }> {
  const secret = makeKey();
  const [created] = await db
    .insert(apiKeys)
    .values({
      name: key.name,
      prefix: visiblePrefix(secret),
      hash: hashKey(secret),
      scopes: [...new Set(key.scopes)],
      groupIds: key.groupIds ? [...new Set(key.groupIds)] : null,
      expiresAt: key.expiresAt ?? null,
    })
    .returning(LISTED);
  if (!created) throw new Error('the new key was not answered');
  return { ...created, key: secret };
}

/** All keys, newest first, revoked ones too. */
export function listKeys(db: Database): Promise<ListedKey[]> {
  return db.select(LISTED).from(apiKeys).orderBy(desc(apiKeys.id));
}

/** Ends a key at once. Throws NOT_FOUND when there is none that is not revoked already. */
export async function revokeKey(db: Database, keyId: number): Promise<ListedKey> {
  const [revoked] = await db
    .update(apiKeys)
    .set({ revokedAt: new Date() })
    .where(and(eq(apiKeys.id, keyId), isNull(apiKeys.revokedAt)))
    .returning(LISTED);
  if (!revoked) throw new KithError('NOT_FOUND', `there is no key ${keyId} in use`);
  return revoked;
}
