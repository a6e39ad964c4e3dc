import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Database } from '@/db/client';
import { settings } from '@/db/schema';
import { forgetOldFailures } from '@/lib/accounts/throttle';
import { settings as settingsSchema } from '@/lib/contract/settings';
import { log } from '@/lib/log/log';
import { eraseOldEvents } from './eraseOldEvents';

/** Days that recognitions are kept where nobody has set it otherwise (`event_retention_days`). */
export const DEFAULT_RETENTION_DAYS = 90;
const DAY_MS = 86_400_000;
/** How often a running server erases what is due, ms. */
const EVERY_MS = 60 * 60_000;

/** The days recognitions are kept; 0 keeps them for ever. */
export async function retentionDays(db: Database): Promise<number> {
  const [row] = await db.select().from(settings).where(eq(settings.name, 'event_retention_days'));
  const days: z.ZodType<number> = settingsSchema.shape.event_retention_days;
  return days.catch(DEFAULT_RETENTION_DAYS).parse(row?.value);
}

/** Erases the recognitions whose time is over. Returns how many. */
export async function applyRetention(db: Database, now = new Date()): Promise<number> {
  const days = await retentionDays(db);
  return days === 0 ? 0 : eraseOldEvents(db, new Date(now.getTime() - days * DAY_MS));
}

/** Erases what is due now and every hour, and forgets failed sign-ins that no longer count. A failure is logged and tried again at the next one. Returns how to stop. */
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
