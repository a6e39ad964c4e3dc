import { bigint, pgTable, text } from 'drizzle-orm/pg-core';
import { id, instant } from './columns';

/** An API key. The key itself is shown once and never stored. */
export const apiKeys = pgTable('api_keys', {
  id: id(),
  name: text('name').notNull(),
  /** The first characters of the key, to identify it. */
  prefix: text('prefix').notNull(),
  /** SHA-256 of the key, in hex. No slow hash is needed, because a key is 256 random bits. */
  hash: text('hash').notNull().unique(),
  scopes: text('scopes').array().notNull(),
  /** Ids of the groups it is limited to; null: not limited. Deleted groups are removed: `{}` sees nobody. */
  groupIds: bigint('group_ids', { mode: 'number' }).array(),
  createdAt: instant('created_at').notNull().defaultNow(),
  expiresAt: instant('expires_at'),
  /** Updated at most once a minute. */
  lastUsedAt: instant('last_used_at'),
  revokedAt: instant('revoked_at'),
});

export type ApiKey = typeof apiKeys.$inferSelect;
