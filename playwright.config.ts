import { defineConfig } from 'playwright/test';
import { browserLaunch } from './e2e/fixtures/browser';
import type { KithOptions } from './e2e/fixtures/test';

export default defineConfig<object, KithOptions>({
  testDir: 'e2e',
  outputDir: 'test-results',
  globalSetup: './e2e/fixtures/globalSetup.ts',
  // Servers with real models share two cores. Files have a server of their own, and wait about half of their time.
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: 'list',
  // `--trace=retain-on-failure` records what a failing test did. It records every test, to throw most of it away.
  use: { ...browserLaunch(), trace: 'off', screenshot: 'only-on-failure' },
  projects: [
    // What needs several servers on one database is only for a database that can be shared.
    {
      name: 'api-pglite',
      testDir: 'e2e/api',
      testIgnore: /\.postgres\.spec\.ts$/,
      use: { database: 'pglite' },
    },
    // What ends before it reaches the database is tested once.
    {
      name: 'api-postgres',
      testDir: 'e2e/api',
      testIgnore: /\.once\.spec\.ts$/,
      use: { database: 'postgres' },
    },
    { name: 'console', testDir: 'e2e/console', use: { database: 'pglite' } },
    // One phone after the other: each looks at its camera without a pause, which takes all of a core.
    { name: 'scan', testDir: 'e2e/scan', workers: 1, use: { database: 'pglite' } },
  ],
});
