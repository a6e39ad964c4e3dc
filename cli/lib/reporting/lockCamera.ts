import { type DataDirLock, DataDirLockedError, lockDataDir } from '@/lib/server/platform/dataDirLock';
import { CliError } from '../CliError';

/**
 * Locks a camera's folder for this process. Otherwise, one of two commands would send the other's waiting recognitions
 * as its own. The lock ends with the process, however that ends.
 * @throws CliError if another command has the lock
 */
export async function lockCamera(folder: string, name: string): Promise<DataDirLock> {
  try {
    return await lockDataDir({ dataDir: folder, what: `kith camera --name ${name}` });
  } catch (error) {
    if (!(error instanceof DataDirLockedError)) throw error;
    throw new CliError(
      `Process ${error.holderPid} already runs a camera named ${name} for this server. Give each its own --name.`,
    );
  }
}
