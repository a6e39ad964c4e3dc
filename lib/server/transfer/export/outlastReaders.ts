import { sql } from 'drizzle-orm';
import type { Database } from '@/db/client';

/**
 * Lets a transaction stand still for as long as whoever reads what it gives: a slow download must not be taken for a process
 * that hangs.
 */
export async function outlastReaders(tx: Database): Promise<void> {
  await tx.execute(sql`select set_config('idle_in_transaction_session_timeout', '0', true)`);
}
