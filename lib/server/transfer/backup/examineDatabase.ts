import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { connect, queryRows } from '@/db/client';
import { DiskError } from '@/db/DiskError';
import { DatabaseDamagedError, innermostMessage, isDamage, NewerDatabaseError } from '@/db/errors';
import { readMigrations } from '@/db/migrate';
import { BackupError } from './BackupError';

/** Content of a database. */
export interface Examined {
  /** Number of migrations applied, and number of this version's migrations that are missing. */
  migrations: { applied: number; missing: number };
  /** Number of rows of each table. */
  tables: Record<string, number>;
}

/**
 * Opens the database in a folder and reads every row, so that damage anywhere is found. Does not change its tables.
 * @throws BackupError if it is damaged, of a newer Kith, or not of Kith; DiskError
 */
export async function examineDatabase(directory: string): Promise<Examined> {
  if (!existsSync(join(directory, 'PG_VERSION'))) throw new BackupError('it has no database in it');
  try {
    const { db, close } = await connect({ directory, migrate: false });
    try {
      return { migrations: await readMigrations(db), tables: await countRows(db) };
    } finally {
      await close().catch(() => undefined);
    }
  } catch (cause) {
    if (cause instanceof DiskError || cause instanceof BackupError) throw cause;
    if (cause instanceof NewerDatabaseError) {
      throw new BackupError('it was made by a newer version of Kith: use that one', { cause });
    }
    throw new BackupError(`its database cannot be opened${damageOf(cause)}`, { cause });
  }
}

async function countRows(db: Awaited<ReturnType<typeof connect>>['db']): Promise<Record<string, number>> {
  const names = await queryRows<{ name: string }>(
    db,
    sql`select relname::text as name from pg_class
        where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`,
  );
  const tables: Record<string, number> = {};
  for (const { name } of names) {
    // As text, so that values stored outside of the row, such as pictures, are read as well.
    const [row] = await queryRows<{ rows: string | number }>(
      db,
      sql`select count(t::text) as rows from ${sql.identifier(name)} t`,
    );
    tables[name] = Number(row?.rows ?? 0);
  }
  if (!('people' in tables && 'samples' in tables)) throw new BackupError('its database is not one of Kith');
  return tables;
}

function damageOf(error: unknown): string {
  if (error instanceof DatabaseDamagedError) return `: ${error.damage}`;
  return isDamage(error) ? `: ${innermostMessage(error)}` : '';
}
