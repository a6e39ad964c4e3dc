import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type { PgliteDatabase } from 'drizzle-orm/pglite';
import { migrate as migratePgliteFolder } from 'drizzle-orm/pglite/migrator';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { migrate as migratePostgresFolder } from 'drizzle-orm/postgres-js/migrator';
import type { Sql } from 'postgres';
import { sqlState } from './errors';

/** The key of the advisory lock under which migrations run: "kith" in ASCII. */
const MIGRATION_LOCK = 0x6b697468;
/** How often a server that waits for another one's migration looks whether it is done. */
const POLL_MS = 200;
/** SQLSTATE of a table that is not there. */
const UNDEFINED_TABLE = '42P01';

/** The committed SQL. Next bundles this file but not the folder: it is found from where the server was started. */
const migrationsFolder = () => join(/* turbopackIgnore: true */ process.cwd(), 'drizzle');

/**
 * Several servers may start at once: the first migrates, the others wait and find it done. The lock belongs to a
 * transaction, not a session, so that it also holds behind a pooler that hands connections from one to another. Who has
 * to wait does so without a connection: the migration needs a second one, and waiters could hold all that there are.
 */
export async function migrateDatabase<Schema extends Record<string, unknown>>(
  client: Sql,
  db: PostgresJsDatabase<Schema>,
): Promise<void> {
  while (!(await isMigrated(client))) {
    const migrated = await client.begin(async (lock) => {
      const [got] = await lock<[{ mine: boolean }]>`select pg_try_advisory_xact_lock(${MIGRATION_LOCK}) as mine`;
      if (got.mine) await migratePostgresFolder(db, { migrationsFolder: migrationsFolder() });
      return got.mine;
    });
    if (!migrated) await sleep(POLL_MS);
  }
}

/** Whether the newest migration of this version has been applied; asks by the mark that drizzle's migrator leaves. */
async function isMigrated(client: Sql): Promise<boolean> {
  const newest = Math.max(
    ...readMigrationFiles({ migrationsFolder: migrationsFolder() }).map(({ folderMillis }) => folderMillis),
  );
  try {
    const [row] = await client<[{ last: string | null }]>`
      select max(created_at) as last from drizzle.__drizzle_migrations`;
    return Number(row.last ?? 0) >= newest;
  } catch (error) {
    if (sqlState(error) === UNDEFINED_TABLE) return false;
    throw error;
  }
}

/** Brings PGlite's tables up to date. It has one process and one connection: nothing to lock. */
export async function migratePglite<Schema extends Record<string, unknown>>(db: PgliteDatabase<Schema>): Promise<void> {
  await migratePgliteFolder(db, { migrationsFolder: migrationsFolder() });
}
