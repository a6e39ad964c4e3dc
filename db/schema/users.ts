import { bigint, index, pgEnum, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { id, instant } from './columns';

export const userRole = pgEnum('user_role', ['admin', 'operator', 'viewer']);

/** A person who may sign in to the console. */
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

/** One sign-in. A session's token is worth nothing once its row is ended, gone or past its time. */
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

/** A link that works once: the first administrator's, an invitation, or a new password. */
export const accountLinks = pgTable('account_links', {
  /** SHA-256 of the token in hex; the token itself is 256 random bits and only in the link. */
  tokenHash: text('token_hash').primaryKey(),
  kind: accountLinkKind('kind').notNull(),
  /** Whose password it sets; null for `setup`, which makes the account. */
  userId: bigint('user_id', { mode: 'number' }).references(() => users.id, { onDelete: 'cascade' }),
  createdAt: instant('created_at').notNull().defaultNow(),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
});
