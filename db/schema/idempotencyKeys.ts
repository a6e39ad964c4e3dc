import { index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns';

/** The ids and counts from which the answer is built again. It contains no name, no encoding and no likeness. */
export type IdempotentOutcome = Record<string, unknown>;

/** A write that was sent with an `Idempotency-Key`, in progress or done. Stored for 24 hours. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    /** SHA-256 of the sender's credentials and the key, in hex. */
    keyHash: text('key_hash').primaryKey(),
    operation: text('operation').notNull(),
    /** SHA-256 of the operation and its fields, in hex. Another request with the same key is rejected. */
    fingerprint: text('fingerprint').notNull(),
    /** The attempt that is in progress. */
    holder: uuid('holder').notNull(),
    /** After this time another attempt may take over, in case the first one is gone. */
    heldUntil: instant('held_until').notNull(),
    /** Null while it is in progress. Written in the transaction of the write itself. */
    outcome: jsonb('outcome').$type<IdempotentOutcome>(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [index('idempotency_keys_created_at').on(table.createdAt)],
);

export type IdempotencyKey = typeof idempotencyKeys.$inferSelect;
