import { inArray, lt } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { inBatches } from '@/db/inBatches';
import { idempotencyKeys } from '@/db/schema';
import { KEPT_HOURS } from './claimKey';

/** Deletes expired keys. Returns how many. */
export function forgetOldKeys(db: Database, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_HOURS * 3_600_000);
  return inBatches(async (limit) => {
    const due = db
      .select({ keyHash: idempotencyKeys.keyHash })
      .from(idempotencyKeys)
      .where(lt(idempotencyKeys.createdAt, before))
      .limit(limit);
    const gone = await db
      .delete(idempotencyKeys)
      .where(inArray(idempotencyKeys.keyHash, due))
      .returning({ keyHash: idempotencyKeys.keyHash });
    return gone.length;
  });
}
