import { bigint, boolean, index, integer, jsonb, pgEnum, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { id, instant } from './columns';

/** A URL that receives events. */
export const webhooks = pgTable('webhooks', {
  id: id(),
  url: text('url').notNull(),
  /** Signs each request (HMAC-SHA256). Stored in plain text, because it is needed for signing. */
  secret: text('secret').notNull(),
  /** The secret before the last rotation. Until `previousSecretUntil`, requests are signed with both. */
  previousSecret: text('previous_secret'),
  previousSecretUntil: instant('previous_secret_until'),
  /** `recognition`, `unknown`, `corrected`, `enrolment`, `deletion`. */
  events: text('events').array().notNull(),
  /** Whether requests include the names of people. Otherwise they contain ids only. */
  includeNames: boolean('include_names').notNull().default(false),
  active: boolean('active').notNull().default(true),
  createdAt: instant('created_at').notNull().defaultNow(),
});

export type Webhook = typeof webhooks.$inferSelect;

export const deliveryStatus = pgEnum('delivery_status', ['waiting', 'delivered', 'failed']);

/**
 * One request to one webhook, with its attempts: first the outbox, later the log. Written in the transaction of the
 * event.
 */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    webhookId: bigint('webhook_id', { mode: 'number' })
      .notNull()
      .references(() => webhooks.id, { onDelete: 'cascade' }),
    event: text('event').notNull(),
    /** Ids only. Names are looked up when it is sent, so that no name outlives its person here. */
    payload: jsonb('payload').$type<Record<string, unknown>>().notNull(),
    status: deliveryStatus('status').notNull().default('waiting'),
    attempts: integer('attempts').notNull().default(0),
    /** While a server works on it, the time until which the row is reserved. */
    nextAttemptAt: instant('next_attempt_at').notNull().defaultNow(),
    /** No attempt is made after this time. */
    giveUpAt: instant('give_up_at').notNull(),
    lastAttemptAt: instant('last_attempt_at'),
    /** HTTP status of the last response; null if there was none. */
    lastStatus: integer('last_status'),
    lastError: text('last_error'),
    /** Duration of the last attempt, ms. */
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
