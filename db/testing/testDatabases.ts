import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, inject } from 'vitest';
import { type Connection, type ConnectionOptions, connect, type Database } from '../client';

/** A database on the run's PostgreSQL server, without rows; with `migrated: false` without tables too. */
export async function createPostgresDatabase({
  migrated = true,
} = {}): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `kith_${randomBytes(6).toString('hex')}`;
  const template = requireTemplates().postgres;
  await administer(
    template,
    (sql) => sql`create database ${sql(name)} template ${sql(migrated ? 'template1' : 'template0')}`,
  );
  return {
    url: template.replace(/template1$/, name),
    drop: () => administer(template, (sql) => sql`drop database ${sql(name)} with (force)`),
  };
}

/** A migrated, empty PGlite directory, not open. */
export async function createPgliteDirectory(): Promise<{ directory: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'kith-pglite-'));
  const directory = join(folder, 'pg');
  await cp(requireTemplates().pglite, directory, { recursive: true });
  return { directory, remove: () => rm(folder, { recursive: true, force: true }) };
}

const DRIVERS = { PGlite: openPglite, PostgreSQL: openPostgres };

/**
 * The same tests on both drivers, each on a fresh database.
 * @param define Gets a function that answers the open database inside tests and hooks.
 * @param drivers The ones that have what the tests need. Default: both.
 * @param options `onQuery`: told each query.
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

async function administer(template: string, work: (sql: postgres.Sql) => PromiseLike<unknown>): Promise<void> {
  // Not a connection to the template itself: while there is one it cannot be copied.
  const client = postgres(template.replace(/template1$/, 'postgres'), { max: 1, onnotice: () => {} });
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function requireTemplates() {
  const templates = inject('templates');
  if (templates) return templates;
  throw new Error('tests that use a database are named *.db.test.ts (vitest.config.ts)');
}
