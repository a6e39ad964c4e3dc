import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BackupError } from './BackupError';
import { type Examined, examineDatabase } from './examineDatabase';
import type { BackupManifest } from './manifest';
import { unpackBackup } from './unpackBackup';
import { withTemporaryFolder } from './withTemporaryFolder';

/** What a backup was found to be. */
export interface VerifiedBackup extends Examined {
  file: string;
  /** Size of the file. */
  bytes: number;
  /** What it says of itself; null for a backup of an older Kith, which has no checksum but gzip's own. */
  manifest: BackupManifest | null;
}

/**
 * Proves a backup: it is whole and unchanged since it was made, its database opens, and every row can be read.
 * @throws BackupError that says what is wrong; DiskError when the temporary folder has no room
 */
export async function verifyBackup(file: string): Promise<VerifiedBackup> {
  return withTemporaryFolder('kith-verify', async (folder) => {
    const directory = join(folder, 'pg');
    const manifest = await unpackBackup(file, directory);
    try {
      return { file, bytes: (await stat(file)).size, manifest, ...(await examineDatabase(directory)) };
    } catch (error) {
      throw error instanceof BackupError ? new BackupError(`${file}: ${error.message}`, { cause: error }) : error;
    }
  });
}
