import type { Database } from '@/db/client';
import { forgetOldSessions } from '@/lib/server/access/accounts/session';
import { forgetOldFailures } from '@/lib/server/access/accounts/throttle';
import { eraseOldImports } from '@/lib/server/batches/eraseOldImports';
import { eraseOldEvents } from '@/lib/server/events/eraseOldEvents';
import { forgetOldKeys } from '@/lib/server/idempotency/forgetOldKeys';
import { keepDoing } from '@/lib/server/platform/keepDoing';
import { log } from '@/lib/server/platform/log';
import { currentSettings } from '@/lib/server/settings/currentSettings';
import { daysBefore } from '@/lib/shared/contract/days';

/** How often a running server erases what is due, ms. */
const EVERY_MS = 60 * 60_000;

/**
 * Erases the recognitions and the imports whose time is over, and forgets sessions, failed sign-ins and
 * idempotency keys that no longer count. Returns how many of the first.
 */
export async function applyRetention(db: Database, now = new Date()): Promise<number> {
  await forgetOldFailures(db, now);
  await forgetOldSessions(db, now);
  await eraseOldImports(db, now);
  await forgetOldKeys(db, now);
  const { event_retention_days: days } = await currentSettings(db);
  return days === 0 ? 0 : eraseOldEvents(db, daysBefore(now, days));
}

/** Applies it now and every hour. Returns how to stop. */
export function keepRetention(db: Database): () => void {
  return keepDoing({
    everyMs: EVERY_MS,
    failed: 'old recognitions were not erased',
    work: async () => {
      const erased = await applyRetention(db);
      if (erased > 0) log().info({ erased }, 'recognitions erased, their time was over');
    },
  });
}
