import { join } from 'node:path';
import { type Connection, connect, type Database } from '@/db/client';
import type { QueryError } from '@/db/QueryError';
import { holdDataDir } from './dataDir';
import { env } from './env';
import { log } from './log';
import { processWide } from './processWide';

const shared = () =>
  processWide('database', (): { connection: Promise<Connection> | undefined } => ({ connection: undefined }));

/**
 * The database of this process, opened and migrated on first use. PGlite's files are opened under DATA_DIR's lock,
 * whoever asks for them.
 */
export async function database(): Promise<Database> {
  return (await connection()).db;
}

/** The same with what it is connected to. */
export async function connection(): Promise<Connection> {
  const state = shared();
  state.connection ??= open().catch((error: unknown) => {
    // Whoever asks next tries again: a rejected promise would stay rejected for ever.
    state.connection = undefined;
    throw error;
  });
  return state.connection;
}

/** Where the embedded database of a DATA_DIR is. */
export const embeddedDirectory = (dataDir: string): string => join(dataDir, 'pg');

async function open(): Promise<Connection> {
  const { DATABASE_URL, DATABASE_POOL, DATA_DIR } = env();
  if (DATABASE_URL !== undefined) return connect({ url: DATABASE_URL, poolSize: DATABASE_POOL, onAway: logAway });
  await holdDataDir('which uses its database');
  return connect({ directory: embeddedDirectory(DATA_DIR) });
}

/** One line when the server goes, and one when it is back: what fails meanwhile says so itself. */
function logAway(why: QueryError | null): void {
  if (why) log().error({ err: why }, 'the database cannot be reached');
  else log().info('the database can be reached again');
}

/** Closes the database if it is open. */
export async function closeDatabase(): Promise<void> {
  const state = shared();
  const { connection: open } = state;
  state.connection = undefined;
  await (await open)?.close();
}
