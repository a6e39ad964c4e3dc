import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BackupError } from './BackupError';
import { type Examined, examineDatabase } from './examineDatabase';
import type { BackupManifest } from './manifest';
import { unpackBackup } from './unpackBackup';
import { withTemporaryFolder } from './withTemporaryFolder';

/** Result of verifying a backup. */
export interface VerifiedBackup extends Examined {
  file: string;
  /** Size of the file in bytes. */
  bytes: number;
  /** The manifest; null for a backup of an older Kith, which has no checksum except gzip's own. */
  manifest: BackupManifest | null;
}

/**
 * Verifies a backup: it is complete and unchanged, its database opens, and every row can be read.
 * @throws BackupError with the problem; DiskError if the temporary folder has no room
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
