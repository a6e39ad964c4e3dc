import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { queryRows } from '@/db/client';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { fillDatabase } from '@/lib/server/demo/fillDatabase';
import { JobRunner } from '@/lib/server/platform/jobs/JobRunner';
import { tablesJob, tendTables } from './tendTables';

describeOnEachDatabase('tables', (database) => {
  const estimate = async () => {
    const [row] = await queryRows<{ rows: number }>(
      database(),
      sql`select reltuples::int as rows from pg_class where relname = 'samples'`,
    );
    return row?.rows;
  };
  const fill = (people: number) => fillDatabase(database(), { people, add: true });

  test('are tended once they have grown, and not again before they have grown by a fifth', async () => {
    const db = database();
    expect(await tendTables(db)).toEqual([]);
    await fill(500);
    expect(await tendTables(db)).toContain('samples');
    expect(await estimate()).toBe(1_500);
    expect(await tendTables(db)).toEqual([]);
    await fill(20);
    expect(await tendTables(db)).toEqual([]);
    await fill(480);
    expect(await tendTables(db)).toContain('samples');
    expect(await estimate()).toBe(3_000);
  });

  test('are tended by a running server without being asked', async () => {
    await fill(1_000);
    const runner = new JobRunner();
    runner.start(tablesJob({ db: database() }));
    await expect.poll(estimate, { timeout: 10_000 }).toBe(6_000);
    await runner.stop();
  });
});
