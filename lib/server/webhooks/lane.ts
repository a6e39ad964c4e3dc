import { eq } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { webhooks } from '@/db/schema';
import type { Budget } from '@/lib/server/platform/jobs/Job';
import type { FetchAllow } from '@/lib/server/platform/parseFetchAllow';
import { claimDue } from './claim';
import { deliver, POST_TIMEOUT_MS } from './deliver';

/** Posts to one webhook at a time from one server: a receiver is not flooded, and a slow one holds up only itself. */
const AT_ONCE = 4;
/** With less time left than this no further post is begun, ms. */
export const LEAST_TIME_MS = 250;

export interface LaneOptions {
  allow: FetchAllow;
  /** Posts under way are cut off at its end, and tried again later. */
  budget: Budget;
  /** Stops after the posts that are under way. */
  signal?: AbortSignal;
}

/** How many deliveries came to which end. */
export interface LaneCounts {
  delivered: number;
  /** Given up. */
  failed: number;
  /** To be tried again later. */
  retrying: number;
}

/** Posts what is due for one webhook until nothing is, or the time is over. */
export async function runLane(
  db: Database,
  webhookId: number,
  { allow, budget, signal }: LaneOptions,
): Promise<LaneCounts> {
  const counts: LaneCounts = { delivered: 0, failed: 0, retrying: 0 };
  for (;;) {
    const { left } = budget;
    if (signal?.aborted || left < LEAST_TIME_MS) return counts;
    // Read each time: paused, deleted or rotated meanwhile, it counts at once.
    const [webhook] = await db.select().from(webhooks).where(eq(webhooks.id, webhookId));
    if (!webhook?.active) return counts;
    const claimed = await claimDue(db, webhookId, AT_ONCE);
    if (claimed.length === 0) return counts;
    const timeoutMs = Math.floor(Math.min(POST_TIMEOUT_MS, left));
    const done = await Promise.all(claimed.map((delivery) => deliver(db, webhook, delivery, { allow, timeoutMs })));
    for (const { status } of done) counts[status === 'waiting' ? 'retrying' : status]++;
  }
}
