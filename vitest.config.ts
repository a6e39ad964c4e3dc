import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const ALL = '{lib,db,sdk,cli,models,bench,scripts,app}/**/*.test.{ts,tsx,mjs}';
const WITH_DATABASE = '**/*.db.test.ts';

export default defineConfig({
  resolve: { alias: [{ find: /^@\//, replacement: fileURLToPath(new URL('./', import.meta.url)) }] },
  test: {
    // Tests load real models and real databases; each file gets a process of its own, so that nothing leaks.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    env: { LOG_LEVEL: 'silent' },
    setupFiles: ['./scripts/testing/failOnConsoleError.ts'],
    projects: [
      { extends: true, test: { name: 'unit', include: [ALL], exclude: ['**/node_modules/**', WITH_DATABASE] } },
      // These share a PostgreSQL server that is started once, and only when one of them runs.
      {
        extends: true,
        test: {
          name: 'database',
          include: [WITH_DATABASE],
          globalSetup: ['./db/testing/globalSetup.ts'],
          // Two databases and servers in processes of their own: on a busy machine they take their time.
          testTimeout: 120_000,
        },
      },
    ],
  },
});
