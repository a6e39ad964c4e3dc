import { type DataDirLock, DataDirLockedError, lockDataDir } from '@/lib/server/platform/dataDirLock';
import { CliError } from '../CliError';

/**
 * Takes a camera's folder for this process: of two commands one would send what waits of the other as its own. It is free
 * again as soon as the process has ended, however it did.
 * @throws CliError if another command has it
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
