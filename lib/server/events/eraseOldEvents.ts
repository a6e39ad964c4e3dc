import { inArray, lt } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { inBatches } from '@/db/inBatches';
import { events } from '@/db/schema';

/** Erases recognitions from before an instant. Returns how many. */
export function eraseOldEvents(db: Database, before: Date): Promise<number> {
  return inBatches(async (limit) => {
    const due = db.select({ id: events.id }).from(events).where(lt(events.at, before)).limit(limit);
    return (await db.delete(events).where(inArray(events.id, due)).returning({ id: events.id })).length;
  });
}
