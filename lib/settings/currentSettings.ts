import { settings as table } from '@/db/schema';
import { type Settings, settings as schema } from '@/lib/contract/settings';
import { env } from '@/lib/env';
import { DEFAULT_RETENTION_DAYS } from '@/lib/events/retention';
import { database } from '@/lib/server/database';

/** Trust at or above which a face counts as recognised: 50 is where false accepts are 1 in 1,000 (DESIGN section 4). */
const DEFAULT_MATCH_TRUST = 50;
/** How often a device asks for changes while it is open. */
const DEFAULT_SYNC_SECONDS = 30;

/** What is set in the console, else in the environment, else the default. Asked of the database each time: servers agree. */
export async function currentSettings(): Promise<Settings> {
  const rows = await (await database()).select().from(table);
  const chosen = schema.partial().safeParse(Object.fromEntries(rows.map(({ name, value }) => [name, value])));
  return {
    match_trust: env().MATCH_TRUST ?? DEFAULT_MATCH_TRUST,
    event_retention_days: DEFAULT_RETENTION_DAYS,
    device_sync_seconds: DEFAULT_SYNC_SECONDS,
    ...chosen.data,
  };
}

/** Changes what is given; the rest stays. */
export async function changeSettings(change: Partial<Settings>): Promise<Settings> {
  const db = await database();
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) continue;
    const updatedAt = new Date();
    await db
      .insert(table)
      .values({ name, value, updatedAt })
      .onConflictDoUpdate({ target: table.name, set: { value, updatedAt } });
  }
  return currentSettings();
}
