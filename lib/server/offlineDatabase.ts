import { fileURLToPath } from 'node:url';
import { connect, type Database } from '@/db/client';
import { embeddedDirectory } from './database';
import { lockDataDir } from './dataDirLock';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Opens the embedded database of a DATA_DIR that no server uses, for one piece of work of a command.
 * @param what what this process is, for the message that a server which starts meanwhile gives
 * @throws DataDirLockedError while a server runs there
 */
export async function withOfflineDatabase<Answer>(
  { dataDir, what }: { dataDir: string; what: string },
  work: (db: Database) => Promise<Answer>,
): Promise<Answer> {
  const lock = await lockDataDir({ dataDir, what });
  // Migrations are found from where a server is started.
  process.chdir(ROOT);
  const connection = await connect({ directory: embeddedDirectory(dataDir) });
  try {
    return await work(connection.db);
  } finally {
    await connection.close();
    await lock.release();
  }
}
