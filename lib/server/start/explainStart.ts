import { basename, dirname } from 'node:path';
import { DiskError } from '@/db/DiskError';
import { DatabaseDamagedError, DatabaseError, innermostMessage, isDamage } from '@/db/errors';
import { QueryError } from '@/db/QueryError';
import { embeddedDirectory } from '@/lib/server/platform/database';
import { DataDirLockedError } from '@/lib/server/platform/dataDirLock';
import { errorMessages } from '@/lib/server/platform/describeError';
import { env, SettingsError } from '@/lib/server/platform/env';
import { newestBackup } from '@/lib/server/transfer/newestBackup';

/** Returns why a server cannot start, and the solution, in a few sentences. It contains no data of a query. */
export async function explainStart(error: unknown): Promise<string> {
  if (error instanceof SettingsError || error instanceof DataDirLockedError) return error.message;
  const { DATA_DIR, DATABASE_URL } = env();
  const damage = DATABASE_URL === undefined ? damageOf(error, embeddedDirectory(DATA_DIR)) : null;
  if (damage) return `${damage.message} ${await restoreAdvice(DATA_DIR)}`;
  if (error instanceof DatabaseError) return error.message;
  // A full disk of a PostgreSQL server is not this machine's disk.
  const disk = DATABASE_URL === undefined || !(error instanceof QueryError) ? DiskError.of(error, DATA_DIR) : null;
  return disk?.message ?? errorMessages(error);
}

function damageOf(error: unknown, directory: string): DatabaseDamagedError | null {
  if (error instanceof DatabaseDamagedError) return error;
  return isDamage(error) ? new DatabaseDamagedError(directory, innermostMessage(error), { cause: error }) : null;
}

/** Returns how to restore a damaged database: which backup, and the command. */
export async function restoreAdvice(dataDir: string): Promise<string> {
  const restore = (file: string) => `npx kith restore ${file} --data-dir ${dataDir}`;
  const folders = [dirname(dataDir), dataDir, process.cwd()];
  const backup = await newestBackup(folders);
  const keep = 'The damaged database is kept beside the restored one.';
  return backup === null
    ? `No backup was found in ${[...new Set(folders)].join(', ')}. Restore one that is elsewhere: ${restore('FILE')}. ${keep}`
    : `Restore the newest backup found, ${basename(backup.file)} of ${backup.at.toISOString().slice(0, 16).replace('T', ' ')} UTC: ${restore(backup.file)}. ${keep}`;
}
