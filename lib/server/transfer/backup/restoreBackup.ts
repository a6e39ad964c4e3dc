import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from '@/db/client';
import { beginLineage, type LastIds, lastIds } from '@/lib/server/feed/beginLineage';
import { beginRestore, settleRestore } from '@/lib/server/platform/interruptedRestore';
import { openDataDir } from '@/lib/server/platform/openDataDir';
import { BackupError } from './BackupError';
import { examineDatabase } from './examineDatabase';
import { syncFolder, syncTree } from './syncTree';
import { unpackBackup } from './unpackBackup';

/** Result of a restore. */
export interface Restored {
  people: number;
  samples: number;
  /** Path of the previous database; null if there was none. */
  before: string | null;
}

/**
 * Replaces the embedded database of a DATA_DIR that no server uses with a backup. First the backup is unpacked next to
 * it and read to its last row, and a new lineage of the feed begins. Only then are the folders swapped; the old one is
 * kept. If it is killed at any time before the swap is complete, the old database stays in use: the next start puts it
 * back and reports that.
 * @param tell called with sentences about what was repaired in the folder
 * @throws DataDirLockedError while a server runs there; BackupError; DiskError
 */
export async function restoreBackup(options: {
  file: string;
  dataDir: string;
  tell?: (sentence: string) => void;
}): Promise<Restored> {
  const { file, dataDir, tell = () => undefined } = options;
  if (!existsSync(file)) throw new BackupError(`there is no file ${file}`);
  const lock = await openDataDir({ dataDir, what: 'kith restore', tell });
  try {
    return await putInPlace(file, dataDir);
  } finally {
    // A failed restore is undone in the same way as a killed one.
    await settleRestore(dataDir);
    await lock.release();
  }
}

async function putInPlace(file: string, dataDir: string): Promise<Restored> {
  const current = join(dataDir, 'pg');
  const plan = {
    fresh: `pg.restoring-${randomUUID()}`,
    before: existsSync(current) ? `pg.before-${new Date().toISOString().replace(/[:.]/g, '-')}` : null,
  };
  const fresh = join(dataDir, plan.fresh);
  const before = plan.before === null ? null : join(dataDir, plan.before);
  await beginRestore(dataDir, plan);
  const manifest = await unpackBackup(file, fresh);
  const { people = 0, samples = 0 } = (await examine(file, fresh)).tables;
  const replaced = before === null ? undefined : await lastIdsIn(current);
  await beginLineageIn(fresh, manifest && new Date(manifest.created_at), replaced);
  await syncTree(fresh);
  if (before !== null) await rename(current, before);
  await rename(fresh, current);
  await syncFolder(dataDir);
  return { people, samples, before };
}

async function examine(file: string, directory: string) {
  try {
    return await examineDatabase(directory);
  } catch (error) {
    throw error instanceof BackupError ? new BackupError(`${file}: ${error.message}`, { cause: error }) : error;
  }
}

/** Runs before the folders are swapped, so that a database in use always has the new lineage. */
async function beginLineageIn(directory: string, since: Date | null, replaced: LastIds | undefined): Promise<void> {
  const { db, close } = await connect({ directory, migrate: false });
  try {
    await beginLineage(db, { since, ...(replaced && { replaced }) });
  } finally {
    await close();
  }
}

/** Returns the last ids of the replaced database; undefined if it cannot be opened, which may be why it is replaced. */
async function lastIdsIn(directory: string): Promise<LastIds | undefined> {
  try {
    const { db, close } = await connect({ directory, migrate: false });
    try {
      return await lastIds(db);
    } finally {
      await close();
    }
  } catch {
    return undefined;
  }
}
