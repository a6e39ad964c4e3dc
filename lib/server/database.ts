import { join } from 'node:path';
import { type Connection, connect, type Database } from '@/db/client';
import { env } from '@/lib/env';

/** Route bundles and dev reloads have modules of their own, but one `globalThis`: the database is opened once. */
const shared = globalThis as typeof globalThis & { kithConnection?: Promise<Connection> };

function connection(): Promise<Connection> {
  shared.kithConnection ??= open().catch((error: unknown) => {
    // A failed start is tried again by whoever asks next; a rejected promise would stay rejected for ever.
    shared.kithConnection = undefined;
    throw error;
  });
  return shared.kithConnection;
}

async function open(): Promise<Connection> {
  const { DATABASE_URL, DATA_DIR } = env();
  return connect(DATABASE_URL === undefined ? { directory: join(DATA_DIR, 'pg') } : { url: DATABASE_URL });
}

/** The database of this server, opened and migrated on first use. */
export async function database(): Promise<Database> {
  return (await connection()).db;
}

/** Closes the database if it is open. */
export async function closeDatabase(): Promise<void> {
  const open = shared.kithConnection;
  shared.kithConnection = undefined;
  await (await open)?.close();
}
