import { and, desc, eq, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { type WebhookDelivery, webhookDeliveries, webhooks } from '@/db/schema';
import { readCursor, writeCursor } from '@/lib/server/lists/cursor';
import type { FetchAllow } from '@/lib/server/platform/parseFetchAllow';
import { KithError } from '@/lib/shared/contract/errors';
import { giveUpTime } from './announce';
import { CLAIM } from './claim';
import { deliver } from './deliver';
import { noSuchWebhook } from './store';
import { wakeWebhooks } from './wake';

export interface DeliveryFilter {
  webhookId: number;
  status?: WebhookDelivery['status'] | undefined;
  cursor?: string | undefined;
  limit: number;
}

export interface DeliveryPage {
  deliveries: WebhookDelivery[];
  /** Cursor of the next page; null on the last. */
  nextCursor: string | null;
}

/**
 * Returns a webhook's deliveries, newest first.
 * @throws KithError NOT_FOUND; BAD_REQUEST for an invalid cursor
 */
export async function listDeliveries(db: Database, filter: DeliveryFilter): Promise<DeliveryPage> {
  const { webhookId, status, cursor, limit } = filter;
  await requireWebhook(db, webhookId);
  const after = cursor === undefined ? null : readCursor(cursor, { key: 'time', id: 'uuid' });
  const { createdAt, id } = webhookDeliveries;
  const rows = await db
    .select()
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.webhookId, webhookId),
        status && eq(webhookDeliveries.status, status),
        after ? sql`(${createdAt}, ${id}) < (${after[0].toISOString()}::timestamptz, ${after[1]}::uuid)` : undefined,
      ),
    )
    .orderBy(desc(createdAt), desc(id))
    .limit(limit + 1);
  const deliveries = rows.slice(0, limit);
  const last = deliveries.at(-1);
  return {
    deliveries,
    nextCursor: rows.length > limit && last ? writeCursor([last.createdAt, last.id]) : null,
  };
}

/**
 * Makes a delivery due now, for another three days, whatever its state.
 * @throws KithError NOT_FOUND
 */
export async function resendDelivery(
  db: Database,
  { webhookId, deliveryId, now = new Date() }: { webhookId: number; deliveryId: string; now?: Date },
): Promise<WebhookDelivery> {
  const [delivery] = await db
    .update(webhookDeliveries)
    .set({ status: 'waiting', attempts: 0, nextAttemptAt: now, giveUpAt: giveUpTime(now), finishedAt: null })
    .where(and(eq(webhookDeliveries.id, deliveryId), eq(webhookDeliveries.webhookId, webhookId)))
    .returning();
  if (!delivery) throw new KithError('NOT_FOUND', `This webhook has no delivery ${deliveryId}.`);
  wakeWebhooks();
  return delivery;
}

/**
 * Posts a test event once, and returns the result.
 * @throws KithError NOT_FOUND
 */
export async function sendTest(db: Database, webhookId: number, allow: FetchAllow): Promise<WebhookDelivery> {
  const webhook = await requireWebhook(db, webhookId);
  const now = new Date();
  const [claimed] = await db
    .insert(webhookDeliveries)
    .values({
      webhookId,
      event: 'test',
      payload: { message: 'A test from Kith. Nothing happened.' },
      createdAt: now,
      giveUpAt: now,
      attempts: 1,
      lastAttemptAt: CLAIM.lastAttemptAt,
      nextAttemptAt: CLAIM.nextAttemptAt,
    })
    .returning();
  if (!claimed) throw new Error('the test was not answered');
  return deliver(db, webhook, claimed, { allow, once: true });
}

async function requireWebhook(db: Database, webhookId: number) {
  const [webhook] = await db.select().from(webhooks).where(eq(webhooks.id, webhookId));
  return webhook ?? noSuchWebhook(webhookId);
}
