import { and, arrayOverlaps, eq } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { webhookDeliveries, webhooks } from '@/db/schema';
import { GIVE_UP_HOURS, type WebhookEvent } from '@/lib/shared/contract/webhooks';
import { wakeWebhooks } from './wake';

/** Something that happened, as webhooks are told of it: ids, never names, encodings or pictures. */
export interface Announcement {
  event: WebhookEvent;
  data: Record<string, unknown>;
}

/** What a picture of faces may announce. */
const RECOGNITIONS: WebhookEvent[] = ['recognition', 'unknown'];

/** Rows of one statement, which holds 65,535 parameters at most. */
const ROWS_AT_ONCE = 1_000;

/**
 * Writes what happened into the outbox of every webhook that wants to know, in the transaction of what happened: both
 * stand, or neither. The posts go out after the commit.
 */
export async function announce(tx: Database, announcements: readonly Announcement[]): Promise<void> {
  const kinds = [...new Set(announcements.map(({ event }) => event))];
  if (kinds.length === 0) return;
  const wanting = await tx
    .select({ id: webhooks.id, events: webhooks.events })
    .from(webhooks)
    .where(and(eq(webhooks.active, true), arrayOverlaps(webhooks.events, kinds)))
    .orderBy(webhooks.id)
    // One that is deleted meanwhile must not fail what it would have been told of.
    .for('key share');
  const createdAt = new Date();
  const giveUpAt = giveUpTime(createdAt);
  const rows = wanting.flatMap(({ id, events }) =>
    announcements
      .filter(({ event }) => events.includes(event))
      .map(({ event, data }) => ({
        webhookId: id,
        event,
        payload: data,
        createdAt,
        nextAttemptAt: createdAt,
        giveUpAt,
      })),
  );
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    await tx.insert(webhookDeliveries).values(rows.slice(start, start + ROWS_AT_ONCE));
  }
  if (rows.length > 0) wakeWebhooks();
}

/** Whether any webhook wants to know of faces that were recognised, or were not: mostly none does. */
export async function recognitionsAreWanted(db: Database): Promise<boolean> {
  const [one] = await db
    .select({ id: webhooks.id })
    .from(webhooks)
    .where(and(eq(webhooks.active, true), arrayOverlaps(webhooks.events, RECOGNITIONS)))
    .limit(1);
  return one !== undefined;
}

/** Until when a delivery is tried that begins at `from`. */
export const giveUpTime = (from: Date): Date => new Date(from.getTime() + GIVE_UP_HOURS * 3_600_000);
