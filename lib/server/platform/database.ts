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
 * Returns the database of this process. The first call opens and migrates it. PGlite's files are opened under
 * DATA_DIR's lock.
 */
export async function database(): Promise<Database> {
  return (await connection()).db;
}

/** Returns the same with its connection. */
export async function connection(): Promise<Connection> {
  const state = shared();
  state.connection ??= open().catch((error: unknown) => {
    // The next call tries again: a rejected promise would stay rejected for ever.
    state.connection = undefined;
    throw error;
  });
  return state.connection;
}

/** Returns the folder of the embedded database in a DATA_DIR. */
export const embeddedDirectory = (dataDir: string): string => join(dataDir, 'pg');

async function open(): Promise<Connection> {
  const { DATABASE_URL, DATABASE_POOL, DATA_DIR } = env();
  if (DATABASE_URL !== undefined) return connect({ url: DATABASE_URL, poolSize: DATABASE_POOL, onAway: logAway });
  await holdDataDir('which uses its database');
  return connect({ directory: embeddedDirectory(DATA_DIR) });
}

/**
 * Writes one line when the database becomes unreachable, and one when it is back. Calls that fail in between log their
 * own line.
 */
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
