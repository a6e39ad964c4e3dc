import { sql } from 'drizzle-orm';
import type { Database } from '@/db/client';

/**
 * Lets a transaction stay idle as long as its reader needs, so that a slow download is not taken for a process that
 * hangs.
 */
export async function outlastReaders(tx: Database): Promise<void> {
  await tx.execute(sql`select set_config('idle_in_transaction_session_timeout', '0', true)`);
}
