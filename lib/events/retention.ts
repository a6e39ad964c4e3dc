import type { Database } from '@/db/client';
import { forgetOldFailures } from '@/lib/accounts/throttle';
import { log } from '@/lib/log/log';
import { currentSettings } from '@/lib/settings/currentSettings';
import { eraseOldEvents } from './eraseOldEvents';

const DAY_MS = 86_400_000;
/** How often a running server erases what is due, ms. */
const EVERY_MS = 60 * 60_000;

/** Erases the recognitions whose time is over. Returns how many. */
export async function applyRetention(db: Database, now = new Date()): Promise<number> {
  const { event_retention_days: days } = await currentSettings(db);
  return days === 0 ? 0 : eraseOldEvents(db, new Date(now.getTime() - days * DAY_MS));
}

/**
 * Erases what is due now and every hour, and forgets failed sign-ins that no longer count. A failure is logged and
 * tried again at the next one. Returns how to stop.
 */
export function keepRetention(db: Database): () => void {
  const run = async () => {
    try {
      const erased = await applyRetention(db);
      await forgetOldFailures(db);
      if (erased > 0) log().info({ erased }, 'recognitions erased, their time was over');
    } catch (err) {
      log().error({ err }, 'old recognitions were not erased');
    }
  };
  void run();
  const timer = setInterval(run, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
