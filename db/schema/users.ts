import { bigint, index, pgEnum, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { id, instant } from './columns';

export const userRole = pgEnum('user_role', ['admin', 'operator', 'viewer']);

/** A user who may sign in to the console. */
export const users = pgTable('users', {
  id: id(),
  /** Lower case. */
  email: text('email').notNull().unique(),
  name: text('name'),
  role: userRole('role').notNull(),
  /** Argon2id in PHC format; null until an invitation is accepted. */
  passwordHash: text('password_hash'),
  createdAt: instant('created_at').notNull().defaultNow(),
  lastSignInAt: instant('last_sign_in_at'),
  disabledAt: instant('disabled_at'),
});

export type User = typeof users.$inferSelect;

/** One sign-in. A session's token is invalid once its row has ended, expired or been deleted. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    userId: bigint('user_id', { mode: 'number' })
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
    endedAt: instant('ended_at'),
    address: text('address'),
    agent: text('agent'),
  },
  (table) => [index('sessions_user_id').on(table.userId)],
);

export const accountLinkKind = pgEnum('account_link_kind', ['setup', 'invite', 'reset']);

/** A single-use link: for the first administrator, an invitation, or a new password. */
export const accountLinks = pgTable('account_links', {
  /** SHA-256 of the token in hex. The token itself is 256 random bits and is only in the link. */
  tokenHash: text('token_hash').primaryKey(),
  kind: accountLinkKind('kind').notNull(),
  /** The user whose password it sets; null for `setup`, which creates the account. */
  userId: bigint('user_id', { mode: 'number' }).references(() => users.id, { onDelete: 'cascade' }),
  createdAt: instant('created_at').notNull().defaultNow(),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
});
