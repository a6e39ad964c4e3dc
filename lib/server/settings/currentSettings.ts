import type { Database } from '@/db/client';
import { settings as table } from '@/db/schema';
import { database } from '@/lib/server/platform/database';
import { env } from '@/lib/server/platform/env';
import { KithError } from '@/lib/shared/contract/errors';
import { FIXABLE, type Fixable, type Settings, settings as schema } from '@/lib/shared/contract/settings';

/** Defaults. */
export const DEFAULT_SETTINGS: Settings = {
  // docs/accuracy.md lists the strangers that pass at 50.
  match_trust: 50,
  store_images: 'crop',
  event_retention_days: 90,
  device_sync_seconds: 30,
  device_liveness: 'off',
  device_allow_enrolment: false,
};

/**
 * Returns the settings: from the environment, else from the console, else the default. It reads the database each time,
 * so that a change applies at once on every server.
 * @param db inside a transaction, the transaction
 */
export async function currentSettings(db?: Database): Promise<Settings> {
  const rows = await (db ?? (await database())).select().from(table);
  return { ...DEFAULT_SETTINGS, ...chosen(rows), ...fixedSettings() };
}

/** Returns the settings that the environment decides. */
export function fixedNames(): Fixable[] {
  return (Object.keys(FIXABLE) as Fixable[]).filter((name) => name in fixedSettings());
}

/**
 * Changes the given settings, all or none.
 * @throws KithError CONFLICT for a setting that the environment decides
 */
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

/** Returns the settings of the console. A row of another version that this one cannot read counts as unset. */
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
