import { bigint, boolean, index, integer, jsonb, pgEnum, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { id, instant } from './columns';

/** An address that is told what happens here. */
export const webhooks = pgTable('webhooks', {
  id: id(),
  url: text('url').notNull(),
  /** Signs each post (HMAC-SHA256); kept in the clear because it has to be used. */
  secret: text('secret').notNull(),
  /** The secret before the last rotation: signs beside the new one until `previousSecretUntil`. */
  previousSecret: text('previous_secret'),
  previousSecretUntil: instant('previous_secret_until'),
  /** `recognition`, `unknown`, `corrected`, `enrolment`, `deletion`. */
  events: text('events').array().notNull(),
  /** Whether the names of people go along; without it, ids only. */
  includeNames: boolean('include_names').notNull().default(false),
  active: boolean('active').notNull().default(true),
  createdAt: instant('created_at').notNull().defaultNow(),
});

export type Webhook = typeof webhooks.$inferSelect;

export const deliveryStatus = pgEnum('delivery_status', ['waiting', 'delivered', 'failed']);

/**
 * One post to one webhook, with the tries it took: the outbox, and later the log. Written in the transaction of what
 * it tells of.
 */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    webhookId: bigint('webhook_id', { mode: 'number' })
      .notNull()
      .references(() => webhooks.id, { onDelete: 'cascade' }),
    event: text('event').notNull(),
    /** Ids only. Names are looked up when it is sent, so that none outlives its person here. */
    payload: jsonb('payload').$type<Record<string, unknown>>().notNull(),
    status: deliveryStatus('status').notNull().default('waiting'),
    attempts: integer('attempts').notNull().default(0),
    /** While a server is at it: until when the row is its own. */
    nextAttemptAt: instant('next_attempt_at').notNull().defaultNow(),
    /** No try after this. */
    giveUpAt: instant('give_up_at').notNull(),
    lastAttemptAt: instant('last_attempt_at'),
    /** HTTP status of the last answer; null when there was none. */
    lastStatus: integer('last_status'),
    lastError: text('last_error'),
    /** How long the last try took. */
    lastMs: integer('last_ms'),
    createdAt: instant('created_at').notNull().defaultNow(),
    finishedAt: instant('finished_at'),
  },
  (table) => [
    index('webhook_deliveries_due').on(table.status, table.nextAttemptAt),
    index('webhook_deliveries_log').on(table.webhookId, table.createdAt, table.id),
    index('webhook_deliveries_status').on(table.webhookId, table.status, table.createdAt, table.id),
  ],
);

export type WebhookDelivery = typeof webhookDeliveries.$inferSelect;
