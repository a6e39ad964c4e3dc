import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConnectionOptions, connect, queryRows } from './client';
import { createPgliteDirectory, createPostgresDatabase } from './testing/testDatabases';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
/** Number of migrations of the older version whose database is upgraded here. */
const OLDER = 6;

let older: string;
beforeAll(async () => {
  // A project folder with only the first migrations.
  older = await mkdtemp(join(tmpdir(), 'kith-older-'));
  await cp(join(ROOT, 'drizzle'), join(older, 'drizzle'), { recursive: true });
  const path = join(older, 'drizzle/meta/_journal.json');
  const journal = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, OLDER) }));
});
afterAll(() => rm(older, { recursive: true }));

/** Opens a database with the older version's migrations. */
async function connectOlder(options: ConnectionOptions) {
  process.chdir(older);
  try {
    return await connect(options);
  } finally {
    process.chdir(ROOT);
  }
}

interface Fresh {
  options: ConnectionOptions;
  remove(): Promise<void>;
}

const FRESH: Record<string, () => Promise<Fresh>> = {
  async PGlite() {
    const folder = await mkdtemp(join(tmpdir(), 'kith-upgrade-'));
    return { options: { directory: join(folder, 'pg') }, remove: () => rm(folder, { recursive: true }) };
  },
  async PostgreSQL() {
    const { url, drop } = await createPostgresDatabase({ migrated: false });
    return { options: { url }, remove: drop };
  },
};

describe.each(Object.keys(FRESH))('an upgrade on %s', (driver) => {
  test('killed with -9 at any query leaves the database as it was, and is done by the next start', {
    timeout: 600_000,
  }, async () => {
    const { options, remove } = await (FRESH[driver] as () => Promise<Fresh>)();
    const { db, close } = await connectOlder(options);
    await db.execute(sql`insert into people (name) values ('Ada'), ('Grace')`);
    await close();

    // Kills the upgrade at every twelfth query, from its first migration to its last. The loop finds out how many there
    // are.
    let killed = 0;
    for (let at = 3, done = false; !done; at += 12) {
      const child = spawn(
        process.execPath,
        ['--import', 'tsx', 'db/testing/migrateAndDie.ts', JSON.stringify(options), String(at)],
        { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
      );
      const [[code, signal]] = await Promise.all([once(child, 'exit'), text(child.stdout)]);
      done = signal !== 'SIGKILL';
      if (done) expect(code).toBe(0);
      else {
        killed += 1;
        const again = await connectOlder(options);
        const rows = await queryRows(again.db, sql`select name from people order by name`);
        expect(rows).toEqual([{ name: 'Ada' }, { name: 'Grace' }]);
        const [marks] = await queryRows<{ rows: number }>(
          again.db,
          sql`select count(*)::int as rows from drizzle.__drizzle_migrations`,
        );
        expect(marks?.rows).toBe(OLDER);
        await again.close();
      }
    }
    expect(killed).toBeGreaterThan(2);
    const upgraded = await connect(options);
    expect(await queryRows(upgraded.db, sql`select count(*)::int as rows from people`)).toEqual([{ rows: 2 }]);
    await upgraded.close();
    await expect(connectOlder(options)).rejects.toThrow(/migrated by a newer version of Kith\. Start that version/);
    await remove();
  });
});

describe.each(['PGlite', 'PostgreSQL'])('on %s', (driver) => {
  test('a migration that this version does not know is refused, and nothing is changed', async () => {
    const { options, remove } =
      driver === 'PGlite'
        ? await createPgliteDirectory().then(({ directory, remove }) => ({ options: { directory }, remove }))
        : await createPostgresDatabase().then(({ url, drop }) => ({ options: { url }, remove: drop }));
    const { db, close } = await connect(options);
    await db.execute(
      sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('of the future', ${Date.now()})`,
    );
    await close();
    await expect(connect(options)).rejects.toMatchObject({ name: 'NewerDatabaseError' });
    await remove();
  });
});
