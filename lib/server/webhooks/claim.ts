import { and, asc, eq, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { type WebhookDelivery, webhookDeliveries, webhooks } from '@/db/schema';
import { leasedFor, leaseIsOver } from '@/lib/server/platform/jobs/lease';

/** How long a claimed delivery is its server's own: longer than a post can take. */
const LEASE_SECONDS = 60;

const due = and(eq(webhookDeliveries.status, 'waiting'), leaseIsOver(webhookDeliveries.nextAttemptAt));

/** The webhooks that something is due for. Paused ones wait. */
export async function dueWebhookIds(db: Database): Promise<number[]> {
  const rows = await db
    .selectDistinct({ id: webhookDeliveries.webhookId })
    .from(webhookDeliveries)
    .innerJoin(webhooks, eq(webhooks.id, webhookDeliveries.webhookId))
    .where(and(due, eq(webhooks.active, true)));
  return rows.map(({ id }) => id);
}

/**
 * Takes up to `limit` due deliveries of a webhook for this server, each counted as a try. Rows that another server is
 * taking at this moment are passed over, and taken ones are not due until their lease ends: no two servers post one at
 * once. A server that dies with it leaves it to be taken again, so a receiver may see a delivery twice, under one id.
 */
export function claimDue(db: Database, webhookId: number, limit: number): Promise<WebhookDelivery[]> {
  const chosen = db.$with('chosen').as(
    db
      .select({ id: webhookDeliveries.id })
      .from(webhookDeliveries)
      .where(and(eq(webhookDeliveries.webhookId, webhookId), due))
      .orderBy(asc(webhookDeliveries.nextAttemptAt))
      .limit(limit)
      .for('update', { skipLocked: true }),
  );
  return db
    .with(chosen)
    .update(webhookDeliveries)
    .set(CLAIM)
    .where(sql`${webhookDeliveries.id} in (select id from chosen)`)
    .returning();
}

/** What marks a delivery as being tried by this server. */
export const CLAIM = {
  attempts: sql`${webhookDeliveries.attempts} + 1`,
  lastAttemptAt: sql`clock_timestamp()`,
  nextAttemptAt: leasedFor(LEASE_SECONDS),
};
