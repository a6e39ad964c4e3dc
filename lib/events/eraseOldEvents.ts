import { inArray, lt } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { events } from '@/db/schema';

/** Rows of one statement: a year's worth falling due at once must not hold the table for minutes. */
const BATCH = 5_000;

/** Erases recognitions from before an instant. Returns how many. */
export async function eraseOldEvents(db: Database, before: Date): Promise<number> {
  let erased = 0;
  for (;;) {
    const due = db.select({ id: events.id }).from(events).where(lt(events.at, before)).limit(BATCH);
    const rows = await db.delete(events).where(inArray(events.id, due)).returning({ id: events.id });
    erased += rows.length;
    if (rows.length < BATCH) return erased;
  }
}
