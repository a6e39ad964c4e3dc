import { join } from 'node:path';
import type { PgliteDatabase } from 'drizzle-orm/pglite';
import { migrate as migratePgliteFolder } from 'drizzle-orm/pglite/migrator';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { migrate as migratePostgresFolder } from 'drizzle-orm/postgres-js/migrator';
import type { Sql } from 'postgres';

/** The key of the advisory lock under which migrations run: "kith" in ASCII. */
const MIGRATION_LOCK = 0x6b697468;

/** The committed SQL. Next bundles this file but not the folder: it is found from where the server was started. */
const migrationsFolder = () => join(/* turbopackIgnore: true */ process.cwd(), 'drizzle');

/**
 * Several servers may start at once: the first migrates, the others wait and find it done. The lock belongs to a
 * transaction, not a session, so that it also holds behind a pooler that hands connections from one to another.
 */
export async function migrateDatabase<Schema extends Record<string, unknown>>(
  client: Sql,
  db: PostgresJsDatabase<Schema>,
): Promise<void> {
  await client.begin(async (lock) => {
    await lock`select pg_advisory_xact_lock(${MIGRATION_LOCK})`;
    await migratePostgresFolder(db, { migrationsFolder: migrationsFolder() });
  });
}

/** Brings PGlite's tables up to date. It has one process and one connection: nothing to lock. */
export async function migratePglite<Schema extends Record<string, unknown>>(db: PgliteDatabase<Schema>): Promise<void> {
  await migratePgliteFolder(db, { migrationsFolder: migrationsFolder() });
}
