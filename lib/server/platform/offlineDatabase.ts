import { connect, type Database } from '@/db/client';
import { embeddedDirectory } from './database';
import { enterProject } from './enterProject';
import { openDataDir } from './openDataDir';

/**
 * Opens the embedded database of a DATA_DIR that no server uses, for one task of a command.
 * @param what describes this process in the message that a server gets which starts meanwhile
 * @param tell receives each repair of the folder, as a sentence
 * @throws DataDirLockedError while a server runs there
 */
export async function withOfflineDatabase<Answer>(
  { dataDir, what, tell }: { dataDir: string; what: string; tell: (sentence: string) => void },
  work: (db: Database) => Promise<Answer>,
): Promise<Answer> {
  const lock = await openDataDir({ dataDir, what, tell });
  enterProject();
  const connection = await connect({ directory: embeddedDirectory(dataDir) });
  try {
    return await work(connection.db);
  } finally {
    await connection.close();
    await lock.release();
  }
}
