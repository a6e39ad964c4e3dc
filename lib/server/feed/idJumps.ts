import { eq } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { settings } from '@/db/schema';

/** The row of `settings` that contains the jumps. It is not a setting that users can change. */
export const ID_JUMPS = 'id_jumps';

/** Ids that a restore skipped: those after `from`, up to and including `to`, were never assigned in this database. */
export interface IdJump {
  /** The sequence, such as `people_id_seq`. */
  sequence: string;
  from: number;
  to: number;
}

/** Returns the jumps of one sequence; empty if the database was never restored. */
export async function readIdJumps(db: Database, sequence: string): Promise<IdJump[]> {
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.name, ID_JUMPS));
  return ((row?.value ?? []) as IdJump[]).filter((jump) => jump.sequence === sequence);
}
