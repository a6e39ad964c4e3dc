import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { connect, queryRows } from '@/db/client';
import { DiskError } from '@/db/DiskError';
import { DatabaseDamagedError, innermostMessage, isDamage, NewerDatabaseError } from '@/db/errors';
import { readMigrations } from '@/db/migrate';
import { BackupError } from './BackupError';

/** What is in a database. */
export interface Examined {
  /** Migrations it has, and how many this version has beyond them. */
  migrations: { applied: number; missing: number };
  /** Rows of each table. */
  tables: Record<string, number>;
}

/**
 * Opens the database in a folder and reads every row of it, so that damage anywhere shows. Its tables stay as they are.
 * @throws BackupError: damaged, of a newer Kith, or not Kith's; DiskError
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
    // As text, so that what is kept outside of the row, such as pictures, is read as well.
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
