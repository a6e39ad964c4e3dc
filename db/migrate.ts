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
/** Interval at which a server checks whether another one's migration is done. */
const POLL_MS = 200;
/** SQLSTATE of a missing table. */
const UNDEFINED_TABLE = '42P01';

/**
 * The folder of the committed SQL. Next bundles this file but not the folder, so it is found from where the server was
 * started.
 */
const migrationsFolder = () => join(/* turbopackIgnore: true */ process.cwd(), 'drizzle');

/**
 * Several servers may start at once: the first migrates, and the others wait until it is done. The lock belongs to a
 * transaction, not to a session, so that it also works behind a pooler that shares connections. Servers wait without a
 * connection: the migration needs a second one, and waiting servers could hold all of them.
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

/** Returns whether the newest migration of this version was applied. Throws NewerDatabaseError. */
async function isMigrated(client: Sql): Promise<boolean> {
  const applied = await appliedMigrations(
    () => client<{ at: string }[]>`select created_at as at from drizzle.__drizzle_migrations`,
  );
  return checkMigrations(applied.map(({ at }) => Number(at))).missing === 0;
}

/**
 * Reads the table of applied migrations, which drizzle's migrator writes. It does not exist before the first migration.
 */
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
 * @param applied their times in ms, as drizzle stores them
 * @returns how many were applied, and how many of this version were not
 * @throws NewerDatabaseError if the database has one that this version does not know
 */
function checkMigrations(applied: readonly number[]): { applied: number; missing: number } {
  const known = new Set(
    readMigrationFiles({ migrationsFolder: migrationsFolder() }).map(({ folderMillis }) => folderMillis),
  );
  if (applied.some((at) => !known.has(at))) throw new NewerDatabaseError();
  return { applied: applied.length, missing: known.size - applied.length };
}

/**
 * Returns which migrations an open database has. Changes nothing.
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

/** Migrates PGlite's tables. It has one process and one connection, so no lock is needed. */
export async function migratePglite<Schema extends Record<string, unknown>>(db: PgliteDatabase<Schema>): Promise<void> {
  await readMigrations(db);
  await migratePgliteFolder(db, { migrationsFolder: migrationsFolder() });
}
