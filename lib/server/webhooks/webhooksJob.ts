import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@/db/client';
import { fetchAllow } from '@/lib/server/outbound/fetchAllow';
import { database } from '@/lib/server/platform/database';
import type { Job } from '@/lib/server/platform/jobs/Job';
import { log } from '@/lib/server/platform/log';
import type { FetchAllow } from '@/lib/server/platform/parseFetchAllow';
import { dueWebhookIds } from './claim';
import { type LaneCounts, LEAST_TIME_MS, runLane } from './lane';

/** Interval of the check for posts that are due again, in ms. New ones are posted at once. */
const LOOK_EVERY_MS = 2_000;

/** Posts due deliveries to all webhooks in parallel, and counts the results. */
export function webhooksJob({
  db: given,
  allow = fetchAllow(),
}: {
  /** Default: the server's. */
  db?: Database;
  /** Default: FETCH_ALLOW. */
  allow?: FetchAllow;
} = {}): Job<LaneCounts> {
  const hints = new EventTarget();
  let hinted = false;
  return {
    name: 'webhooks',
    every: LOOK_EVERY_MS,
    wake() {
      hinted = true;
      hints.dispatchEvent(new Event('hint'));
    },
    async work(signal, budget) {
      const db = given ?? (await database());
      const total: LaneCounts = { delivered: 0, failed: 0, retrying: 0 };
      const lanes = new Map<number, Promise<void>>();
      const failures: unknown[] = [];
      /** Webhooks that are skipped until the runner has waited. */
      const failed = new Set<number>();
      const lane = async (id: number) => {
        try {
          const counts = await runLane(db, id, { allow, signal, budget });
          for (const end of ['delivered', 'failed', 'retrying'] as const) total[end] += counts[end];
          log().info({ webhook: id, ...counts }, 'webhook');
        } catch (error) {
          failures.push(error);
          failed.add(id);
        } finally {
          lanes.delete(id);
        }
      };
      let blind = false;
      const goesOn = () => !blind && !signal.aborted && budget.left >= LEAST_TIME_MS;
      const look = async () => {
        for (const id of await dueWebhookIds(db)) if (!lanes.has(id) && !failed.has(id)) lanes.set(id, lane(id));
      };
      do {
        hinted = false;
        if (goesOn()) {
          await look().catch((error: unknown) => {
            failures.push(error);
            blind = true;
          });
        }
        // A slow receiver delays nobody else: other webhooks are checked during the wait.
        if (!hinted) await somethingNew(hints, [...lanes.values()]);
      } while (lanes.size > 0 || (hinted && goesOn()));
      if (failures.length > 1) throw new AggregateError(failures, 'webhooks were not served');
      if (failures.length > 0) throw failures[0];
      return total;
    },
  };
}

/** Waits for the end of a lane, a hint, or the next check. Returns at once without lanes. */
async function somethingNew(hints: EventTarget, lanes: readonly Promise<void>[]): Promise<void> {
  if (lanes.length === 0) return;
  const over = new AbortController();
  const { signal } = over;
  const waits = [once(hints, 'hint', { signal }), sleep(LOOK_EVERY_MS, undefined, { signal, ref: false })];
  for (const wait of waits) wait.catch(() => undefined);
  await Promise.race([...lanes, ...waits]);
  over.abort();
}
