import { inArray, lt } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { webhookDeliveries } from '@/db/schema';
import { daysBefore } from '@/lib/shared/contract/days';
import { LOG_DAYS } from '@/lib/shared/contract/webhooks';

/** Rows of one run. The rest waits for the next. */
const BATCH = 5_000;

/** Deletes deliveries that finished long ago from the log. Returns how many. */
export async function eraseOldDeliveries(db: Database, now = new Date()): Promise<number> {
  const old = db
    .select({ id: webhookDeliveries.id })
    .from(webhookDeliveries)
    .where(lt(webhookDeliveries.finishedAt, daysBefore(now, LOG_DAYS)))
    .limit(BATCH);
  const gone = await db
    .delete(webhookDeliveries)
    .where(inArray(webhookDeliveries.id, old))
    .returning({ id: webhookDeliveries.id });
  return gone.length;
}
