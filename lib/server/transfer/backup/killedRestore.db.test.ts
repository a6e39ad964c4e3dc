import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, queryRows } from '@/db/client';
import { createPgliteDirectory } from '@/db/testing/testDatabases';
import { openDataDir } from '@/lib/server/platform/openDataDir';
import { restoreBackup } from './restoreBackup';
import { writeBackup } from './writeBackup';

let folder: string;
let file: string;
let old: string;
let remove: () => Promise<void>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-killed-restore-'));
  file = join(folder, 'backup.tar.gz');
  ({ directory: old, remove } = await createPgliteDirectory());
  const { db, whileStill, close } = await connect({ directory: old });
  await db.execute(sql`insert into people (name) values ('of the backup')`);
  await whileStill?.(() => writeBackup(old, createWriteStream(file)));
  await db.execute(sql`update people set name = 'of today'`);
  await close();
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await remove();
});

const INTERRUPTED = /^A restore was interrupted\. The database from before it is in use/;

test.each<[string, [string, number], string, RegExp | null]>([
  // Nothing was recorded yet, and nothing was done.
  ['before it began', ['rename', 1], 'of today', null],
  ['while it unpacked', ['mkdir', 20], 'of today', INTERRUPTED],
  ['before the first folder changed its place', ['rename', 2], 'of today', INTERRUPTED],
  ['between the two', ['rename', 3], 'of today', INTERRUPTED],
  ['after both', ['rm', 1], 'of the backup', /^A restore was killed after its last step: the restored database/],
])(
  'killed with -9 %s, the next start says so and has one whole database',
  async (_when, [call, count], name, told) => {
    const dataDir = await mkdtemp(join(folder, 'data-'));
    await cp(old, join(dataDir, 'pg'), { recursive: true });
    const script = join(import.meta.dirname, 'testing/restoreAndDie.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', script, file, dataDir, call, String(count)], {
      stdio: 'inherit',
    });
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);

    const sentences: string[] = [];
    const lock = await openDataDir({ dataDir, what: 'a test', tell: (sentence) => sentences.push(sentence) });
    expect(sentences).toEqual(told ? [expect.stringMatching(told)] : []);
    const { db, close } = await connect({ directory: join(dataDir, 'pg') });
    expect(await queryRows(db, sql`select name from people`)).toEqual([{ name }]);
    await close();
    await lock.release();
    expect((await readdir(dataDir)).filter((found) => /restor/.test(found) && !found.endsWith('.new'))).toEqual([]);
    // The restore can be repeated.
    if (name === 'of today') expect(await restoreBackup({ file, dataDir })).toMatchObject({ people: 1 });
  },
  300_000,
);
