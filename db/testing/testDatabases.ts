import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, inject } from 'vitest';
import { type Connection, type ConnectionOptions, connect, type Database } from '../client';
import { copyPglite, copyPostgres } from './templates';

/** Creates a database without rows on the run's PostgreSQL server. With `migrated: false`, it has no tables either. */
export const createPostgresDatabase = (options: { migrated?: boolean } = {}) =>
  copyPostgres(requireTemplates(), options);

/** Creates a migrated, empty PGlite directory that is not open. */
export async function createPgliteDirectory(): Promise<{ directory: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'kith-pglite-'));
  const directory = join(folder, 'pg');
  await copyPglite(requireTemplates(), directory);
  return { directory, remove: () => rm(folder, { recursive: true, force: true }) };
}

const DRIVERS = { PGlite: openPglite, PostgreSQL: openPostgres };

/**
 * Defines the same tests for both drivers, each with a new database.
 * @param define gets a function that returns the open database inside tests and hooks
 * @param drivers the drivers with what the tests need; default: both
 * @param options `onQuery`: called with each query
 */
export function describeOnEachDatabase(
  name: string,
  define: (database: () => Database) => void,
  drivers: readonly (keyof typeof DRIVERS)[] = ['PGlite', 'PostgreSQL'],
  options: OpenOptions = {},
): void {
  describe.each(drivers.map((driver) => ({ driver, open: DRIVERS[driver] })))(`${name} on $driver`, ({ open }) => {
    let opened: OpenDatabase | undefined;
    beforeAll(async () => {
      opened = await open(options);
    });
    afterAll(() => opened?.discard());
    define(() => {
      if (!opened) throw new Error('the database is open inside tests and hooks only');
      return opened.connection.db;
    });
  });
}

type OpenOptions = Pick<ConnectionOptions, 'onQuery'>;

interface OpenDatabase {
  connection: Connection;
  discard(): Promise<void>;
}

async function openPglite(options: OpenOptions): Promise<OpenDatabase> {
  const { directory, remove } = await createPgliteDirectory();
  const connection = await connect({ directory, ...options });
  return { connection, discard: () => connection.close().then(remove) };
}

async function openPostgres(options: OpenOptions): Promise<OpenDatabase> {
  const { url, drop } = await createPostgresDatabase();
  const connection = await connect({ url, ...options });
  return { connection, discard: () => connection.close().then(drop) };
}

function requireTemplates() {
  const templates = inject('templates');
  if (templates) return templates;
  throw new Error('tests that use a database are named *.db.test.ts (vitest.config.ts)');
}
