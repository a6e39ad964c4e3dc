import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { connect } from '../client';
import { startPostgresServer } from './postgresServer';

/** Migrated databases without rows, which tests copy. Copying is faster than migrating each. */
export interface Templates {
  /** URL of a PostgreSQL database without connections. */
  postgres: string;
  /** A closed PGlite directory. */
  pglite: string;
}

/** Makes the templates, and the PostgreSQL server for the copies. `remove` stops the server and deletes all of them. */
export async function makeTemplates(): Promise<{ templates: Templates; remove: () => Promise<void> }> {
  const pglite = join(await mkdtemp(join(tmpdir(), 'kith-pglite-')), 'template');
  const server = await startPostgresServer();
  const templates = { postgres: server.url('template1'), pglite };
  for (const options of [{ url: templates.postgres }, { directory: pglite }]) {
    const { close } = await connect(options);
    await close();
  }
  return {
    templates,
    async remove() {
      await server.stop();
      await rm(join(pglite, '..'), { recursive: true, force: true });
    },
  };
}

/** Creates a database without rows. With `migrated: false`, it has no tables either. */
export async function copyPostgres(
  { postgres: template }: Templates,
  { migrated = true } = {},
): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `kith_${randomBytes(6).toString('hex')}`;
  await administer(
    template,
    (sql) => sql`create database ${sql(name)} template ${sql(migrated ? 'template1' : 'template0')}`,
  );
  return {
    url: template.replace(/template1$/, name),
    drop: () => administer(template, (sql) => sql`drop database ${sql(name)} with (force)`),
  };
}

/** Creates a migrated, empty PGlite directory that is not open. */
export async function copyPglite({ pglite }: Templates, directory: string): Promise<void> {
  await cp(pglite, directory, { recursive: true });
}

async function administer(template: string, work: (sql: postgres.Sql) => PromiseLike<unknown>): Promise<void> {
  // Not a connection to the template itself, because it cannot be copied while there is one.
  const client = postgres(template.replace(/template1$/, 'postgres'), { max: 1, onnotice: () => {} });
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
