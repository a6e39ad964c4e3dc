import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { PgliteDatabase } from 'drizzle-orm/pglite';
import { migrate as migratePgliteFolder } from 'drizzle-orm/pglite/migrator';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { migrate as migratePostgresFolder } from 'drizzle-orm/postgres-js/migrator';
import type { Sql } from 'postgres';
import { NewerDatabaseError, sqlState } from './errors';

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

/** Whether the newest migration of this version has been applied. Throws NewerDatabaseError. */
async function isMigrated(client: Sql): Promise<boolean> {
  const applied = await appliedMigrations(
    () => client<{ at: string }[]>`select created_at as at from drizzle.__drizzle_migrations`,
  );
  return checkMigrations(applied.map(({ at }) => Number(at))).missing === 0;
}

/** Runs a query of the marks that drizzle's migrator leaves; before the first migration there are none. */
async function appliedMigrations<Row>(read: () => PromiseLike<Row[]>): Promise<Row[]> {
  try {
    return await read();
  } catch (error) {
    if (sqlState(error) === UNDEFINED_TABLE) return [];
    throw error;
  }
}

/**
 * Compares the migrations of a database with those of this version.
 * @param applied their times in ms, as drizzle keeps them
 * @returns how many there are, and how many this version has beyond them
 * @throws NewerDatabaseError when the database has one that this version does not know
 */
function checkMigrations(applied: readonly number[]): { applied: number; missing: number } {
  const known = new Set(
    readMigrationFiles({ migrationsFolder: migrationsFolder() }).map(({ folderMillis }) => folderMillis),
  );
  if (applied.some((at) => !known.has(at))) throw new NewerDatabaseError();
  return { applied: applied.length, missing: known.size - applied.length };
}

/**
 * Tells which migrations an open database has, and changes nothing.
 * @throws NewerDatabaseError
 */
export async function readMigrations<Schema extends Record<string, unknown>>(
  db: PgDatabase<PgQueryResultHKT, Schema>,
): Promise<{ applied: number; missing: number }> {
  const applied = await appliedMigrations(async () => {
    const result: unknown = await db.execute(sql`select created_at as at from drizzle.__drizzle_migrations`);
    return (Array.isArray(result) ? result : (result as { rows: unknown[] }).rows) as { at: string | number }[];
  });
  return checkMigrations(applied.map(({ at }) => Number(at)));
}

/** Brings PGlite's tables up to date. It has one process and one connection: nothing to lock. */
export async function migratePglite<Schema extends Record<string, unknown>>(db: PgliteDatabase<Schema>): Promise<void> {
  await readMigrations(db);
  await migratePgliteFolder(db, { migrationsFolder: migrationsFolder() });
}
