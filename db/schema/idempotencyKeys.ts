import { index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns';

/** The ids and counts from which an answer is made again. It holds no name, no encoding and no likeness. */
export type IdempotentOutcome = Record<string, unknown>;

/** A write that was sent with an `Idempotency-Key`: under way, or done. Kept for 24 hours. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    /** SHA-256 of whose credentials sent the key and of the key, in hex. */
    keyHash: text('key_hash').primaryKey(),
    operation: text('operation').notNull(),
    /** SHA-256 of the operation and its fields, in hex: another request under the same key is refused. */
    fingerprint: text('fingerprint').notNull(),
    /** The attempt that works on it. */
    holder: uuid('holder').notNull(),
    /** After this another attempt may take it over, should the first one be gone. */
    heldUntil: instant('held_until').notNull(),
    /** Null while it is under way. Written in the transaction of the write itself. */
    outcome: jsonb('outcome').$type<IdempotentOutcome>(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [index('idempotency_keys_created_at').on(table.createdAt)],
);

export type IdempotencyKey = typeof idempotencyKeys.$inferSelect;
