import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { settings } from '@/db/schema';
import { ID_JUMPS } from '@/lib/server/feed/idJumps';

/** The row of `settings` that contains the id. It is not a setting that users can change. */
export const SERVER_ID = 'server_id';

/** Rows of `settings` that belong to the database and stay with it. */
export const NO_SETTINGS = [SERVER_ID, ID_JUMPS];

/** Returns the id of this server in the files it exports. It is made at first use and never changes. */
export async function serverId(db: Database): Promise<string> {
  await db.insert(settings).values({ name: SERVER_ID, value: randomUUID() }).onConflictDoNothing();
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.name, SERVER_ID));
  if (typeof row?.value !== 'string') throw new Error('the id of this server was not kept');
  return row.value;
}
