import type { Database } from '@/db/client';
import { fetchAllow } from '@/lib/server/outbound/fetchAllow';
import { database } from '@/lib/server/platform/database';
import type { FetchAllow } from '@/lib/server/platform/parseFetchAllow';
import { dueWebhookIds } from './claim';
import { eraseOldDeliveries } from './eraseOldDeliveries';
import { type LaneCounts, runLane } from './lane';

export interface RunDueOptions {
  /** Milliseconds at most; posts under way are cut off then and tried again later. */
  budgetMs: number;
  /** Default: the server's. */
  db?: Database;
  /** Default: FETCH_ALLOW. */
  allow?: FetchAllow;
}

/**
 * Posts what is due to all webhooks and tidies the log, then returns how many came to which end: for a platform
 * without timers, where `GET /api/cron` is called every minute.
 */
export async function runDueWebhooks(options: RunDueOptions): Promise<LaneCounts> {
  const { budgetMs, db = await database(), allow = fetchAllow() } = options;
  const deadline = performance.now() + budgetMs;
  await eraseOldDeliveries(db);
  const lanes = await Promise.all((await dueWebhookIds(db)).map((id) => runLane(db, id, { allow, deadline })));
  const total: LaneCounts = { delivered: 0, failed: 0, retrying: 0 };
  for (const lane of lanes) {
    total.delivered += lane.delivered;
    total.failed += lane.failed;
    total.retrying += lane.retrying;
  }
  return total;
}
