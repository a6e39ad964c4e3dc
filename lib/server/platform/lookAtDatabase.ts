import { connect, type Database } from '@/db/client';
import { embeddedDirectory } from './database';
import type { Env } from './env';

/**
 * Opens the database of the settings for reading only. It changes nothing. Tables may be older than this Kith, or
 * missing. The caller holds the lock on DATA_DIR.
 * @throws the error of the connection
 */
export async function lookAtDatabase<T>(
  { DATABASE_URL, DATA_DIR }: Pick<Env, 'DATABASE_URL' | 'DATA_DIR'>,
  look: (db: Database) => Promise<T>,
): Promise<T> {
  const connection = await connect({
    ...(DATABASE_URL === undefined ? { directory: embeddedDirectory(DATA_DIR) } : { url: DATABASE_URL, poolSize: 1 }),
    migrate: false,
  });
  try {
    return await look(connection.db);
  } finally {
    await connection.close();
  }
}
