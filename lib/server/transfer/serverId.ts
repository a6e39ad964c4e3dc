import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { settings } from '@/db/schema';
import { ID_JUMPS } from '@/lib/server/feed/idJumps';

/** The row of `settings` it is kept in; no setting that anybody chooses. */
export const SERVER_ID = 'server_id';

/** Rows of `settings` that are the database's own, and stay with it. */
export const NO_SETTINGS = [SERVER_ID, ID_JUMPS];

/** Who this server is in the files it exports: made when first asked for, and kept for ever. */
export async function serverId(db: Database): Promise<string> {
  await db.insert(settings).values({ name: SERVER_ID, value: randomUUID() }).onConflictDoNothing();
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.name, SERVER_ID));
  if (typeof row?.value !== 'string') throw new Error('the id of this server was not kept');
  return row.value;
}
