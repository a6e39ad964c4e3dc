import { and, asc, count, eq, max, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { type Webhook, webhookDeliveries, webhooks } from '@/db/schema';
import { assertFetchable, GuardedFetchError } from '@/lib/server/outbound/guardedFetch';
import type { FetchAllow } from '@/lib/server/platform/parseFetchAllow';
import { KithError } from '@/lib/shared/contract/errors';
import { ROTATION_HOURS, type WebhookEvent } from '@/lib/shared/contract/webhooks';
import { makeSecret } from './sign';

/** A webhook with the summary of its log. */
export interface ListedWebhook extends Webhook {
  waiting: number;
  failed: number;
  lastDeliveredAt: Date | null;
}

export interface NewWebhook {
  url: string;
  events: WebhookEvent[];
  includeNames: boolean;
}

/**
 * Creates a webhook. Its secret is in this response only.
 * @throws KithError BAD_REQUEST, ADDRESS_NOT_ALLOWED
 */
export async function createWebhook(db: Database, webhook: NewWebhook, allow: FetchAllow): Promise<ListedWebhook> {
  await requireUsable(webhook.url, allow);
  const [created] = await db
    .insert(webhooks)
    .values({ ...webhook, secret: makeSecret() })
    .returning();
  if (!created) throw new Error('the new webhook was not answered');
  return { ...created, waiting: 0, failed: 0, lastDeliveredAt: null };
}

/** Returns all webhooks, oldest first. */
export async function listWebhooks(db: Database): Promise<ListedWebhook[]> {
  return withLog(db, await db.select().from(webhooks).orderBy(asc(webhooks.id)));
}

/** Throws NOT_FOUND. */
export async function getWebhook(db: Database, webhookId: number): Promise<ListedWebhook> {
  const [listed] = await withLog(db, await db.select().from(webhooks).where(eq(webhooks.id, webhookId)));
  return listed ?? noSuchWebhook(webhookId);
}

/**
 * Changes the given fields.
 * @throws KithError NOT_FOUND, BAD_REQUEST, ADDRESS_NOT_ALLOWED
 */
export async function changeWebhook(
  db: Database,
  webhookId: number,
  change: Partial<NewWebhook & Pick<Webhook, 'active'>>,
  allow: FetchAllow,
): Promise<ListedWebhook> {
  await getWebhook(db, webhookId);
  if (change.url !== undefined) await requireUsable(change.url, allow);
  await db.update(webhooks).set(change).where(eq(webhooks.id, webhookId));
  return getWebhook(db, webhookId);
}

/**
 * Deletes a webhook with its log and its waiting deliveries.
 * @throws KithError NOT_FOUND
 */
export async function deleteWebhook(db: Database, webhookId: number): Promise<void> {
  const gone = await db.delete(webhooks).where(eq(webhooks.id, webhookId)).returning({ id: webhooks.id });
  if (gone.length === 0) noSuchWebhook(webhookId);
}

/**
 * Gives a webhook a new secret, which is in this response only. The previous one also signs for a day.
 * @throws KithError NOT_FOUND
 */
export async function rotateSecret(db: Database, webhookId: number, now = new Date()): Promise<ListedWebhook> {
  const [rotated] = await db
    .update(webhooks)
    .set({
      secret: makeSecret(),
      previousSecret: sql`${webhooks.secret}`,
      previousSecretUntil: new Date(now.getTime() + ROTATION_HOURS * 3_600_000),
    })
    .where(eq(webhooks.id, webhookId))
    .returning();
  if (!rotated) return noSuchWebhook(webhookId);
  return { ...(await getWebhook(db, webhookId)), ...rotated };
}

async function withLog(db: Database, rows: Webhook[]): Promise<ListedWebhook[]> {
  return Promise.all(
    rows.map(async (webhook) => {
      const told = await db
        .select({
          status: webhookDeliveries.status,
          count: count(),
          lastAt: max(webhookDeliveries.finishedAt),
        })
        .from(webhookDeliveries)
        .where(and(eq(webhookDeliveries.webhookId, webhook.id)))
        .groupBy(webhookDeliveries.status);
      const of = (status: (typeof told)[number]['status']) => told.find((row) => row.status === status);
      return {
        ...webhook,
        waiting: of('waiting')?.count ?? 0,
        failed: of('failed')?.count ?? 0,
        lastDeliveredAt: of('delivered')?.lastAt ?? null,
      };
    }),
  );
}

async function requireUsable(url: string, allow: FetchAllow): Promise<void> {
  try {
    await assertFetchable({ url, allow, owner: 'webhooks' });
  } catch (error) {
    if (!(error instanceof GuardedFetchError)) throw error;
    const code = error.reason === 'address' ? 'ADDRESS_NOT_ALLOWED' : 'BAD_REQUEST';
    throw new KithError(code, `url: ${error.message}`, { cause: error, details: { field: 'url' } });
  }
}

export function noSuchWebhook(webhookId: number): never {
  throw new KithError('NOT_FOUND', `There is no webhook ${webhookId}.`);
}
