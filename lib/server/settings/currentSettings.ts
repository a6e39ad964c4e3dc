import type { Database } from '@/db/client';
import { settings as table } from '@/db/schema';
import { database } from '@/lib/server/platform/database';
import { env } from '@/lib/server/platform/env';
import { KithError } from '@/lib/shared/contract/errors';
import { FIXABLE, type Fixable, type Settings, settings as schema } from '@/lib/shared/contract/settings';

/** What holds where nobody has set it otherwise. */
export const DEFAULT_SETTINGS: Settings = {
  // docs/accuracy.md says which strangers pass at 50.
  match_trust: 50,
  store_images: 'crop',
  event_retention_days: 90,
  device_sync_seconds: 30,
  device_liveness: 'off',
  device_allow_enrolment: false,
};

/**
 * What a variable of the environment says, else what is set in the console, else the default. Asked of the database
 * each time: a change counts at once, on every server.
 * @param db Inside a transaction: the transaction.
 */
export async function currentSettings(db?: Database): Promise<Settings> {
  const rows = await (db ?? (await database())).select().from(table);
  return { ...DEFAULT_SETTINGS, ...chosen(rows), ...fixedSettings() };
}

/** Which settings the environment decides. */
export function fixedNames(): Fixable[] {
  return (Object.keys(FIXABLE) as Fixable[]).filter((name) => name in fixedSettings());
}

/** Changes what is given, all or nothing; the rest stays. Throws CONFLICT for what the environment decides. */
export async function changeSettings(db: Database, change: Partial<Settings>): Promise<void> {
  const fixed = fixedNames().find((name) => change[name] !== undefined);
  if (fixed !== undefined) {
    throw new KithError('CONFLICT', `${FIXABLE[fixed]} is set in the server's environment, which decides ${fixed}.`, {
      details: { field: fixed },
    });
  }
  const updatedAt = new Date();
  await db.transaction(async (tx) => {
    for (const [name, value] of Object.entries(change)) {
      if (value === undefined) continue;
      await tx
        .insert(table)
        .values({ name, value, updatedAt })
        .onConflictDoUpdate({ target: table.name, set: { value, updatedAt } });
    }
  });
}

/** What is set in the console; a row that another version wrote and this one cannot read counts as not set. */
function chosen(rows: { name: string; value: unknown }[]): Partial<Settings> {
  const readable = rows.filter(({ name, value }) => {
    const field = Object.hasOwn(schema.shape, name) ? schema.shape[name as keyof Settings] : undefined;
    return field?.safeParse(value).success === true;
  });
  return Object.fromEntries(readable.map(({ name, value }) => [name, value]));
}

function fixedSettings(): Partial<Settings> {
  const { MATCH_TRUST, STORE_IMAGES } = env();
  return {
    ...(MATCH_TRUST !== undefined && { match_trust: MATCH_TRUST }),
    ...(STORE_IMAGES !== undefined && { store_images: STORE_IMAGES }),
  };
}
