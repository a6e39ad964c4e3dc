import { eq } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { webhooks } from '@/db/schema';
import type { Budget } from '@/lib/server/platform/jobs/Job';
import type { FetchAllow } from '@/lib/server/platform/parseFetchAllow';
import { claimDue } from './claim';
import { deliver, POST_TIMEOUT_MS } from './deliver';

/**
 * Posts to one webhook at the same time from one server. A receiver is not flooded, and a slow one delays only itself.
 */
const AT_ONCE = 4;
/** With less time left than this, no further post begins, in ms. */
export const LEAST_TIME_MS = 250;

export interface LaneOptions {
  allow: FetchAllow;
  /** At its end, posts under way are cancelled, and retried later. */
  budget: Budget;
  /** Stops when the posts under way have ended. */
  signal?: AbortSignal;
}

/** Number of deliveries by result. */
export interface LaneCounts {
  delivered: number;
  /** Given up. */
  failed: number;
  /** To be tried again later. */
  retrying: number;
}

/** Posts the due deliveries of one webhook until none is left, or the time is over. */
export async function runLane(
  db: Database,
  webhookId: number,
  { allow, budget, signal }: LaneOptions,
): Promise<LaneCounts> {
  const counts: LaneCounts = { delivered: 0, failed: 0, retrying: 0 };
  for (;;) {
    const { left } = budget;
    if (signal?.aborted || left < LEAST_TIME_MS) return counts;
    // Read each time, so that a pause, deletion or new secret applies at once.
    const [webhook] = await db.select().from(webhooks).where(eq(webhooks.id, webhookId));
    if (!webhook?.active) return counts;
    const claimed = await claimDue(db, webhookId, AT_ONCE);
    if (claimed.length === 0) return counts;
    const timeoutMs = Math.floor(Math.min(POST_TIMEOUT_MS, left));
    const done = await Promise.all(claimed.map((delivery) => deliver(db, webhook, delivery, { allow, timeoutMs })));
    for (const { status } of done) counts[status === 'waiting' ? 'retrying' : status]++;
  }
}
