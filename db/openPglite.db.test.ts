import { existsSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { cp, mkdtemp, open, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, queryRows } from './client';
import { DatabaseDamagedError, isDamage } from './errors';
import { createPgliteDirectory } from './testing/testDatabases';

let folder: string;
let whole: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-open-'));
  ({ directory: whole, remove } = await createPgliteDirectory());
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await remove();
});

/** Returns the paths in a folder that others may read or write, with their modes. */
function openPaths(path: string): string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
    const mode = lstatSync(join(path, name)).mode & 0o777;
    return (mode & 0o077) === 0 ? [] : [`${name} ${mode.toString(8)}`];
  });
}

test.skipIf(process.platform === 'win32')(
  'is private however open the umask is: made, written, opened again',
  async () => {
    const before = process.umask(0o000);
    try {
      const directory = join(folder, 'fresh', 'pg');
      for (const round of [1, 2]) {
        const { db, close } = await connect({ directory });
        await db.execute(
          sql`create table ${sql.identifier(`t${round}`)} as select g, repeat('x', 3000) from generate_series(1, 3000) g`,
        );
        await db.execute(sql`checkpoint`);
        expect(openPaths(directory)).toEqual([]);
        await close();
        expect(openPaths(directory)).toEqual([]);
      }
      expect(lstatSync(directory).mode & 0o777).toBe(0o700);
    } finally {
      process.umask(before);
    }
  },
);

test('what a process left that was killed while it made a database is not taken for one', async () => {
  const directory = join(folder, 'killed', 'pg');
  await cp(whole, `${directory}.making`, { recursive: true });
  await truncate(join(`${directory}.making`, 'global/pg_control'), 0);
  const { db, close } = await connect({ directory });
  expect(await queryRows(db, sql`select count(*)::int as rows from people`)).toEqual([{ rows: 0 }]);
  await close();
  expect(existsSync(`${directory}.making`)).toBe(false);
});

/** Returns a damaged copy of a database. */
async function damaged(name: string, damage: (directory: string) => Promise<unknown>): Promise<string> {
  const directory = join(folder, name);
  await cp(whole, directory, { recursive: true });
  await damage(directory);
  return directory;
}

async function overwrite(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'r+');
  await file.write(Buffer.alloc(bytes, 0xa5), 0, bytes, 0);
  await file.close();
}

test.each<[string, (directory: string) => Promise<unknown>, RegExp]>([
  ['pg_control overwritten', (at) => overwrite(join(at, 'global/pg_control'), 200), /database files are incompatible/],
  [
    'pg_control cut off',
    (at) => truncate(join(at, 'global/pg_control'), 0),
    /could not read file "global\/pg_control"/,
  ],
  ['its log overwritten', (at) => overwrite(join(at, 'pg_wal', walOf(at)), 1 << 24), /valid checkpoint record/],
  ['a page of a system table overwritten', (at) => overwrite(join(at, 'base/5/1259'), 8192), /invalid page in block 0/],
  ['PG_VERSION gone', (at) => rm(join(at, 'PG_VERSION')), /its file PG_VERSION is missing/],
])('%s: refused with what is damaged, and nothing is made in its place', async (name, damage, message) => {
  const directory = await damaged(name, damage);
  const tables = tablesOf(directory);
  await expect(connect({ directory })).rejects.toThrow(DatabaseDamagedError);
  await expect(connect({ directory })).rejects.toThrow(message);
  expect(tablesOf(directory)).toEqual(tables);
});

test('a damaged page of a table shows as such when it is read', async () => {
  const { db, close } = await connect({ directory: whole });
  const [row] = await queryRows<{ path: string }>(
    db,
    sql`select pg_relation_filepath('drizzle.__drizzle_migrations') as path`,
  );
  await close();
  const directory = await damaged('page of a table', (at) => overwrite(join(at, row?.path ?? ''), 8192));
  const error = await connect({ directory }).catch((thrown: unknown) => thrown);
  expect(isDamage(error)).toBe(true);
});

test('an empty folder of that name is no database yet', async () => {
  const directory = join(folder, 'empty');
  mkdirSync(directory);
  const { close } = await connect({ directory });
  await close();
  expect(existsSync(join(directory, 'PG_VERSION'))).toBe(true);
});

/** Returns the files of tables. PostgreSQL deletes caches that it can rebuild. */
const tablesOf = (directory: string) => readdirSync(join(directory, 'base/5')).filter((name) => /^\d+$/.test(name));

function walOf(directory: string): string {
  return (
    readdirSync(join(directory, 'pg_wal'))
      .filter((name) => /^[0-9A-F]{24}$/.test(name))
      .sort()[0] ?? ''
  );
}
