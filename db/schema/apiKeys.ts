import { bigint, pgTable, text } from 'drizzle-orm/pg-core';
import { id, instant } from './columns';

/** A key for the API. The key itself is shown once and never kept. */
export const apiKeys = pgTable('api_keys', {
  id: id(),
  name: text('name').notNull(),
  /** The key's first characters, to recognise it by. */
  prefix: text('prefix').notNull(),
  /** SHA-256 of the key, in hex. A key is 256 random bits, so that no slow hash is needed. */
  hash: text('hash').notNull().unique(),
  scopes: text('scopes').array().notNull(),
  /** Ids of the groups it is limited to; null: not limited. A group that is deleted is taken out: `{}` sees nobody. */
  groupIds: bigint('group_ids', { mode: 'number' }).array(),
  createdAt: instant('created_at').notNull().defaultNow(),
  expiresAt: instant('expires_at'),
  /** Written at most once a minute. */
  lastUsedAt: instant('last_used_at'),
  revokedAt: instant('revoked_at'),
});

export type ApiKey = typeof apiKeys.$inferSelect;
