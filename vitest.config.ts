import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const TESTS = '*.test.{ts,tsx,mjs}';
const ALL = `{lib,db,sdk,cli,models,bench,scripts,app}/**/${TESTS}`;
const WITH_DATABASE = '**/*.db.test.ts';
/** Tests that run models, programs or builds, search large galleries, or read the whole tree. */
const SLOW = [
  `{cli,models,bench}/**/${TESTS}`,
  `lib/server/{vision,images,outbound,start,platform}/**/${TESTS}`,
  `lib/phone/vision/**/${TESTS}`,
  `scripts/{pack,image,vercel,prepare,architecture,sdk}/**/${TESTS}`,
  `scripts/${TESTS}`,
  `sdk/src/{size,matcher/*}.test.ts`,
  `sdk/scripts/${TESTS}`,
];
const PACKAGES = '**/node_modules/**';

export default defineConfig({
  resolve: { alias: [{ find: /^@\//, replacement: fileURLToPath(new URL('./', import.meta.url)) }] },
  test: {
    // Tests load real models and real databases: each file gets a process of its own, so that nothing leaks.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    env: { LOG_LEVEL: 'silent' },
    setupFiles: ['./scripts/testing/failOnConsoleError.ts'],
    projects: [
      // Over in a moment each, and all of them within a minute: what `npm run check` runs. They share two threads.
      {
        extends: true,
        test: { name: 'quick', include: [ALL], exclude: [PACKAGES, WITH_DATABASE, ...SLOW], pool: 'threads' },
      },
      { extends: true, test: { name: 'unit', include: SLOW, exclude: [PACKAGES, WITH_DATABASE] } },
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
