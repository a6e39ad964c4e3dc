import { DataDirLockedError } from '@/lib/server/dataDirLock';
import { type Restored, RestoreError, restoreBackup } from '@/lib/transfer/restore';
import { CliError } from './CliError';

/** Restores a backup. Throws CliError in place of what a person can put right. */
export async function restore(options: { file: string; dataDir: string }): Promise<Restored> {
  try {
    return await restoreBackup(options);
  } catch (error) {
    if (error instanceof RestoreError || error instanceof DataDirLockedError) throw new CliError(error.message);
    throw error;
  }
}
