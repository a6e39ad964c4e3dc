import type { Database } from '@/db/client';
import { forgetOldSessions } from '@/lib/server/access/accounts/session';
import { forgetOldFailures } from '@/lib/server/access/accounts/throttle';
import { eraseOldImports } from '@/lib/server/batches/eraseOldImports';
import { eraseOldEvents } from '@/lib/server/events/eraseOldEvents';
import { forgetOldKeys } from '@/lib/server/idempotency/forgetOldKeys';
import { database } from '@/lib/server/platform/database';
import type { Job } from '@/lib/server/platform/jobs/Job';
import { log } from '@/lib/server/platform/log';
import { currentSettings } from '@/lib/server/settings/currentSettings';
import { eraseOldDeliveries } from '@/lib/server/webhooks/eraseOldDeliveries';
import { daysBefore } from '@/lib/shared/contract/days';

/** How often a running server erases what is due, ms. */
const EVERY_MS = 60 * 60_000;

/**
 * Erases recognitions, imports and deliveries whose time is over, and forgets sessions, failed sign-ins and idempotency
 * keys that no longer count. Returns how many of the first.
 * @param isOver asked between the steps; what is left then waits for the next time
 */
export async function applyRetention(db: Database, now = new Date(), isOver = () => false): Promise<number> {
  const steps = [forgetOldFailures, forgetOldSessions, eraseOldImports, forgetOldKeys, eraseOldDeliveries];
  for (const step of steps) {
    if (isOver()) return 0;
    await step(db, now);
  }
  const { event_retention_days: days } = await currentSettings(db);
  return days === 0 || isOver() ? 0 : eraseOldEvents(db, daysBefore(now, days));
}

/** Applies it every hour, and counts the recognitions that were erased. */
export const retentionJob = (): Job<number> => ({
  name: 'retention',
  every: EVERY_MS,
  async work(signal, budget) {
    const erased = await applyRetention(await database(), new Date(), () => signal.aborted || budget.isOver);
    if (erased > 0) log().info({ erased }, 'recognitions erased, their time was over');
    return erased;
  },
});
