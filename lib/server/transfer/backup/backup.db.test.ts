import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '@/db/client';
import { feed, people } from '@/db/schema';
import { createPgliteDirectory } from '@/db/testing/testDatabases';
import { lockDataDir } from '@/lib/server/platform/dataDirLock';
import { fillServer } from '../testing/fillServer';
import { contentOf } from '../testing/tables';
import { restoreBackup } from './restoreBackup';
import { writeBackup } from './writeBackup';

let folder: string;
let file: string;
let content: Awaited<ReturnType<typeof contentOf>>;
let lineage: string | undefined;
let lastPerson: number | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-restore-'));
  file = join(folder, 'backup.tar.gz');
  const { directory, remove } = await createPgliteDirectory();
  const connection = await connect({ directory });
  await fillServer(connection.db);
  content = await contentOf(connection.db);
  lineage = (await connection.db.select().from(feed))[0]?.lineage;
  [lastPerson] = (await connection.db.select({ id: people.id }).from(people)).map(({ id }) => id).sort((a, b) => b - a);
  await connection.whileStill?.(() => writeBackup(directory, createWriteStream(file)));
  // Later changes are not in the backup, and do not harm it.
  await fillServerLater(connection.db);
  await connection.close();
  await remove();
});
afterAll(() => rm(folder, { recursive: true }));

async function fillServerLater(db: Parameters<typeof contentOf>[0]) {
  await db.execute('delete from events');
}

test('a database copied while it is open is restored as it was then; the old one is kept aside', async () => {
  const dataDir = join(folder, 'data');
  const first = await restoreBackup({ file, dataDir });
  expect(first).toEqual({ people: 3, samples: 3, before: null });
  const second = await restoreBackup({ file, dataDir });
  expect(second.before).toMatch(/pg\.before-/);
  const restored = await connect({ directory: join(dataDir, 'pg') });
  expect(await contentOf(restored.db)).toEqual(content);
  await restored.close();
  expect((await readdir(dataDir)).filter((name) => name.includes('restoring'))).toEqual([]);
});

test('a restore begins a new lineage, and gives no id that the lost time can have given', async () => {
  const dataDir = join(folder, 'lineage');
  await restoreBackup({ file, dataDir });
  const { db, close } = await connect({ directory: join(dataDir, 'pg') });
  const first = (await db.select().from(feed))[0]?.lineage;
  expect(first).toMatch(/^[0-9a-f-]{36}$/);
  expect(first).not.toBe(lineage);
  const [added] = await db.insert(people).values({ name: 'Carol' }).returning({ id: people.id });
  expect(added?.id).toBeGreaterThan((lastPerson ?? Number.NaN) + 1_000_000);
  await close();
  await restoreBackup({ file, dataDir });
  const again = await connect({ directory: join(dataDir, 'pg') });
  expect((await again.db.select().from(feed))[0]?.lineage, 'each restore has its own').not.toBe(first);
  await again.close();
});

test('a second restore of the same backup gives no id that the first one gave', async () => {
  const dataDir = join(folder, 'twice');
  const add = async (name: string) => {
    await restoreBackup({ file, dataDir });
    const { db, close } = await connect({ directory: join(dataDir, 'pg') });
    const [added] = await db.insert(people).values({ name }).returning({ id: people.id });
    await close();
    return added?.id ?? 0;
  };
  // Both restores skip about the same number of ids.
  const first = await add('First');
  expect(await add('Second')).toBeGreaterThan(first + 999_999);
});

test('it refuses while a server holds the folder', async () => {
  const dataDir = join(folder, 'held');
  const lock = await lockDataDir({ dataDir, what: 'the server on port 3000' });
  await expect(restoreBackup({ file, dataDir })).rejects.toThrow(/in use by process \d+, the server on port 3000/);
  await lock.release();
});

test.each<[string, (path: string) => Promise<void>, RegExp]>([
  ['text', (path) => writeFile(path, 'hello'), /not a backup/],
  ['half a backup', async (path) => writeFile(path, (await readFile(file)).subarray(0, 500_000)), /was cut off/],
  ['a path outside', (path) => archive(path, { name: '../escaped' }), /entry that no backup has: "..\/escaped"/],
  ['an absolute path', (path) => archive(path, { name: '/tmp/escaped' }), /entry that no backup has/],
  ['a link', (path) => archive(path, { name: 'link', type: 'symlink', linkname: '/etc/passwd' }), /entry that no/],
  ['other files', (path) => archive(path, { name: 'holiday.txt' }), /no database in it/],
  ['a database that is none', (path) => archive(path, { name: 'PG_VERSION' }), /cannot be opened/],
])('%s is refused, and the database stays', async (_name, write, message) => {
  const dataDir = join(folder, 'safe');
  const path = join(folder, 'hostile.tar.gz');
  await write(path);
  await restoreBackup({ file, dataDir });
  await expect(restoreBackup({ file: path, dataDir })).rejects.toThrow(message);
  expect((await readdir(dataDir)).filter((name) => name.includes('restoring'))).toEqual([]);
  const kept = await connect({ directory: join(dataDir, 'pg') });
  expect(await contentOf(kept.db)).toEqual(content);
  await kept.close();
});

async function archive(path: string, header: Parameters<ReturnType<typeof pack>['entry']>[0]): Promise<void> {
  const tar = pack();
  tar.entry(header, header.type === 'symlink' ? '' : 'x');
  tar.finalize();
  await pipeline(tar, createGzip(), createWriteStream(path));
}
