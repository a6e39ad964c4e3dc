import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { connect } from '../client';
import { startPostgresServer } from './postgresServer';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Migrated databases, of which each test takes copies. */
    templates: {
      /** URL of a PostgreSQL database that nothing is connected to. */
      postgres: string;
      /** A closed PGlite directory. */
      pglite: string;
    };
  }
}

/** Starts what tests of the database need, once a run: a PostgreSQL server, and a migrated database for each driver. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const pglite = join(await mkdtemp(join(tmpdir(), 'kith-pglite-')), 'template');
  const server = await startPostgresServer();
  const templates = { postgres: server.url('postgres').replace(/postgres$/, 'template1'), pglite };
  for (const options of [{ url: templates.postgres }, { directory: pglite }]) {
    const { close } = await connect(options);
    await close();
  }
  project.provide('templates', templates);
  return async () => {
    await server.stop();
    await rm(join(pglite, '..'), { recursive: true, force: true });
  };
}
