import type { z } from 'zod';
import type { LimitAnswer } from '@/lib/server/access/groupLimit';
import type { key } from '@/lib/shared/contract/keys';
import type { Scope } from '@/lib/shared/contract/scopes';
import type { ListedKey } from './store';

/** A key as the API shows it: never the key itself. */
export function keyAnswer(row: ListedKey, groups: LimitAnswer): z.input<typeof key> {
  return {
    key_id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes as Scope[],
    groups,
    created_at: row.createdAt.toISOString(),
    expires_at: row.expiresAt?.toISOString() ?? null,
    last_used_at: row.lastUsedAt?.toISOString() ?? null,
    revoked_at: row.revokedAt?.toISOString() ?? null,
  };
}
