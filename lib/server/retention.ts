import type { Database } from '@/db/client';
import { forgetOldSessions } from '@/lib/accounts/session';
import { forgetOldFailures } from '@/lib/accounts/throttle';
import { eraseOldEvents } from '@/lib/events/eraseOldEvents';
import { forgetOldKeys } from '@/lib/idempotency/forgetOldKeys';
import { eraseOldImports } from '@/lib/imports/eraseOldImports';
import { log } from '@/lib/log/log';
import { currentSettings } from '@/lib/settings/currentSettings';
import { daysBefore } from '@/lib/time/days';
import { keepDoing } from './keepDoing';

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
