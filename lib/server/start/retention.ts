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

/** Interval in which a running server erases what is due, in ms. */
const EVERY_MS = 60 * 60_000;

/**
 * Erases recognitions, imports and deliveries whose retention is over, and deletes expired sessions, failed sign-ins
 * and idempotency keys. Returns how many recognitions, imports and deliveries.
 * @param isOver called between the steps; true leaves the rest for the next run
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

/** Runs it every hour, and counts the erased recognitions. */
export const retentionJob = (): Job<number> => ({
  name: 'retention',
  every: EVERY_MS,
  async work(signal, budget) {
    const erased = await applyRetention(await database(), new Date(), () => signal.aborted || budget.isOver);
    if (erased > 0) log().info({ erased }, 'recognitions erased, their time was over');
    return erased;
  },
});
