import { chmod, cp, lstat, mkdtemp, open, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { lockDataDir } from '@/lib/server/platform/dataDirLock';
import { enrolFace } from '@/lib/shared/contract/faces';
import { createPerson } from '@/lib/shared/contract/people';
import { connect, queryRows } from '../../db/client';
import { Client } from '../fixtures/client';
import { freePort } from '../fixtures/freePort';
import { kithIn } from '../fixtures/kithIn';
import { mayMount, onDiskOf, readOnly } from '../fixtures/mounted';
import { openPaths } from '../fixtures/openPaths';
import { PHOTOS, photoDataUrl } from '../fixtures/photos';
import { type KithServer, ServerFailed, type StartOptions, startServer } from '../fixtures/server';
import { expect, test } from '../fixtures/test';

/** Long enough for a busy machine. */
const PATIENCE_MS = 240_000;

let folder: string;
/** A DATA_DIR as a server leaves it. Tests copy it. */
let template: string;

test.beforeAll(async () => {
  test.setTimeout(PATIENCE_MS);
  folder = await mkdtemp(join(tmpdir(), 'kith-disk-'));
  template = join(folder, 'template');
  const { db, close } = await connect({ directory: join(template, 'pg') });
  await db.execute(sql`insert into people (name) values ('Ada')`);
  await close();
});
test.afterAll(() => rm(folder, { recursive: true, force: true }));

async function copyOf(name: string): Promise<string> {
  const dataDir = join(folder, name, 'data');
  await cp(template, dataDir, { recursive: true });
  return dataDir;
}

/** Starts a server with this umask, as a shell would. */
async function startWithUmask(umask: number, dataDir: string): Promise<KithServer> {
  const port = await freePort();
  const before = process.umask(umask);
  try {
    // The process is created before the first await.
    return await startServer({ dataDir, port, env: { STORE_IMAGES: 'original' } });
  } finally {
    process.umask(before);
  }
}

for (const umask of [0o022, 0o000]) {
  test(`with umask 0${umask.toString(8)} everything in DATA_DIR is private: new, written, exported, restarted`, async () => {
    test.setTimeout(2 * PATIENCE_MS);
    const dataDir = join(folder, `umask-${umask}`, 'data');
    for (const round of ['first', 'second']) {
      const server = await startWithUmask(umask, dataDir);
      const client = new Client(server.url, server.key);
      const image_url = await photoDataUrl(PHOTOS.franck[0]);
      const { status } = await client.call(enrolFace, { fields: { image_url, unique_args: { user_id: round } } });
      expect(status).toBe(200);
      for (const what of ['export', 'backup']) {
        const answer = await fetch(`${server.url}/api/${what}`, { headers: { 'X-API-Key': server.key } });
        expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(1000);
      }
      // While the server runs, the lock's socket and the folder of exports exist.
      expect(await openPaths(dataDir)).toEqual([]);
      await server.stop();
      expect(await openPaths(dataDir)).toEqual([]);
      expect(server.output()).not.toContain('Other users');
    }
  });
}

test('a folder that an older version left open is made private, and the log names what was open', async () => {
  test.setTimeout(PATIENCE_MS);
  const dataDir = await copyOf('older');
  const outside = join(folder, 'outside');
  await writeFile(outside, 'not in DATA_DIR');
  await chmod(outside, 0o666);
  await symlink(outside, join(dataDir, 'link'));
  for (const name of ['', ...(await readdir(dataDir, { recursive: true }))].filter((name) => name !== 'link')) {
    const path = join(dataDir, name);
    await chmod(path, (await lstat(path)).isDirectory() ? 0o755 : 0o666);
  }
  const found = await kithIn(folder, ['doctor'], undefined, { DATA_DIR: dataDir });
  expect(found.out).toMatch(/✗ permissions: other users have access to DATA_DIR .*the folder itself \(mode 0755\)/);
  const server = await startWithUmask(0o022, dataDir);
  expect(server.output()).toMatch(
    /"level":"warn".*Other users of this machine had access to DATA_DIR .*Removed it from: the folder itself \(mode 0755\), pg \(mode 0755 with \d{3,4} more in it\)/,
  );
  expect((await openPaths(dataDir)).filter((path) => !path.startsWith('link '))).toEqual([]);
  expect((await lstat(outside)).mode & 0o777).toBe(0o666);
  await server.stop();
});

/** Starts a server that must fail. Returns its output, without that of Next.js. */
async function failedStart(options: Partial<StartOptions> & { dataDir: string }): Promise<string> {
  const started = Date.now();
  const error = await startServer({ port: await freePort(), ...options }).then(
    async (server) => {
      await server.stop();
      return new Error('it started');
    },
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ServerFailed);
  const { output, exitCode } = error as ServerFailed;
  expect(exitCode, output).toBe(1);
  expect(Date.now() - started).toBeLessThan(100_000);
  expect(output).not.toMatch(/^\s+at /m);
  const lines = output.split('\n').filter((line) => line.startsWith('Kith cannot start: '));
  expect(lines, output).toHaveLength(1);
  return lines[0] ?? '';
}

async function overwrite(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'r+');
  await file.write(Buffer.alloc(bytes, 0xa5), 0, bytes, 0);
  await file.close();
}

test.describe('a start that fails says the cause and the way out', () => {
  test('damaged pg_control: names kith restore and the newest backup, which works', async () => {
    test.setTimeout(2 * PATIENCE_MS);
    const dataDir = await copyOf('control');
    const none = await failedStart({ dataDir: await copyOf('nothing').then(damageControl) });
    expect(none).toMatch(/is damaged: .* No backup was found in .* kith restore FILE --data-dir /);

    const backup = join(folder, 'control', 'nightly.tar.gz');
    const whole = await startServer({ port: await freePort(), dataDir });
    expect((await kithIn(folder, ['backup', backup], whole)).code).toBe(0);
    await whole.stop();
    await writeFile(join(folder, 'control', 'holiday.tar.gz'), 'newer, and no backup');
    await damageControl(dataDir);
    const line = await failedStart({ dataDir });
    expect(line).toContain(
      `The embedded database in ${join(dataDir, 'pg')} is damaged: database files are incompatible`,
    );
    expect(line).toContain('Restore the newest backup found, nightly.tar.gz of ');
    const [, args = ''] = /npx kith (restore \S+ --data-dir \S+?)\. /.exec(line) ?? [];
    const restored = await kithIn(folder, args.split(' '));
    expect(restored, restored.err).toMatchObject({ code: 0, out: expect.stringContaining('Restored 1 people') });
    const server = await startServer({ port: await freePort(), dataDir });
    await server.stop();
  });

  async function damageControl(dataDir: string): Promise<string> {
    await overwrite(join(dataDir, 'pg/global/pg_control'), 200);
    return dataDir;
  }

  test('a damaged page of a table', async () => {
    test.setTimeout(PATIENCE_MS);
    const dataDir = await copyOf('page');
    const { db, close } = await connect({ directory: join(dataDir, 'pg') });
    const [row] = await queryRows<{ path: string }>(
      db,
      sql`select pg_relation_filepath('drizzle.__drizzle_migrations') as path`,
    );
    await close();
    await overwrite(join(dataDir, 'pg', row?.path ?? ''), 8192);
    const line = await failedStart({ dataDir });
    expect(line).toMatch(/is damaged: invalid page in block 0 of relation "base\/5\/\d+"\. .*kith restore/);
  });

  test('a newer schema', async () => {
    test.setTimeout(PATIENCE_MS);
    const dataDir = await copyOf('newer');
    const { db, close } = await connect({ directory: join(dataDir, 'pg') });
    await db.execute(sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('x', ${Date.now()})`);
    await close();
    expect(await failedStart({ dataDir })).toContain(
      'The database was migrated by a newer version of Kith. Start that version, or restore a backup that this version made.',
    );
  });

  test("another server's lock", async () => {
    test.setTimeout(PATIENCE_MS);
    const dataDir = await copyOf('locked');
    const lock = await lockDataDir({ dataDir, what: 'the server on port 4242' });
    expect(await failedStart({ dataDir })).toMatch(
      new RegExp(`in use by process ${process.pid}, the server on port 4242\\. Stop it first, or give this one`),
    );
    await lock.release();
  });

  test('a read-only folder', async () => {
    test.setTimeout(PATIENCE_MS);
    test.skip(!mayMount, 'root ignores modes, and this user may not mount');
    const dataDir = await copyOf('read-only');
    const line = await failedStart({ dataDir, within: readOnly(dataDir) });
    expect(line).toMatch(/is on a read-only file system\. Mount it writable, or set DATA_DIR/);
  });

  test('a full disk, with a database and without one', async () => {
    test.setTimeout(2 * PATIENCE_MS);
    test.skip(!mayMount, 'this user may not mount a small disk');
    const dataDir = await copyOf('full');
    const full = /The disk with .* is full\. Make room, then try again; nothing that was saved is lost\./;
    expect(await failedStart({ dataDir, within: onDiskOf(dataDir, 60, { filled: true }) })).toMatch(full);
    const empty = await mkdtemp(join(folder, 'empty-'));
    expect(await failedStart({ dataDir: empty, within: onDiskOf(empty, 20, { filled: false }) })).toMatch(full);
  });
});

test('a backup made while people are written is consistent, and --verify proves it or says what is wrong', async () => {
  test.setTimeout(3 * PATIENCE_MS);
  const dataDir = join(folder, 'load', 'data');
  const server = await startServer({ dataDir, port: await freePort() });
  const client = new Client(server.url, server.key);
  // There are three different pictures of each person, because an equal one would not add a sample.
  const pictures = await Promise.all([PHOTOS.franck[0], PHOTOS.franck[1], PHOTOS.obama[0]].map(photoDataUrl));
  const people: number[] = [];
  for (const user_id of ['a', 'b']) {
    for (const [sample, image_url] of pictures.entries()) {
      const { body } = await client.call(enrolFace, { fields: { image_url, unique_args: { user_id, sample } } });
      people.push((body.person as { person_id: number }).person_id);
    }
  }
  /**
   * For each person, the last name that was requested, and the last one that was acknowledged; and the people created.
   */
  const asked = new Map<number, number>();
  const acknowledged = new Map<number, number>();
  const made: number[] = [];
  let writing = true;
  const renaming = [...new Set(people)].map(async (person_id) => {
    for (let name = 1; writing; name++) {
      asked.set(person_id, name);
      // One transaction writes the person, and a new feed number for each of three samples.
      const answer = await call('PATCH', `/api/people/${person_id}`, { name: String(name) });
      expect(answer.status).toBe(200);
      acknowledged.set(person_id, name);
    }
  });
  const making = (async () => {
    for (let at = 0; writing; at++) {
      const { body } = await client.call(createPerson, { fields: { name: `made ${at}` } });
      made.push(Number(body.person_id));
    }
  })();
  function call(method: string, path: string, body: object): Promise<Response> {
    const headers = { 'X-API-Key': server.key, 'Content-Type': 'application/json' };
    return fetch(server.url + path, { method, headers, body: JSON.stringify(body) });
  }

  const backups = [];
  for (const name of ['1.tar.gz', '2.tar.gz', '3.tar.gz']) {
    const before = { acknowledged: new Map(acknowledged), made: [...made] };
    const saved = await kithIn(folder, ['backup', name], server);
    expect(saved.code, saved.err).toBe(0);
    backups.push({ name, before, after: new Map(asked) });
  }
  writing = false;
  await Promise.all([...renaming, making]);
  await server.stop();

  for (const { name, before, after } of backups) {
    const verified = await kithIn(folder, ['backup', '--verify', name, '--json']);
    expect(verified.code, verified.err).toBe(0);
    const told = JSON.parse(verified.out);
    expect(told).toMatchObject({ migrations: { missing: 0 }, tables: { samples: 6 } });
    const copy = join(folder, `load-${name}`);
    expect((await kithIn(folder, ['restore', name, '--data-dir', copy])).code).toBe(0);
    const { db, close } = await connect({ directory: join(copy, 'pg') });
    const rows = await queryRows<{ id: number; name: string; samples: number; updated: string }>(
      db,
      sql`select p.id::int as id, p.name, count(s.id)::int as samples, max(s.updated_at)::text as updated
          from people p left join samples s on s.person_id = p.id group by p.id`,
    );
    expect(told.tables.people).toBe(rows.length);
    const ids = new Set(rows.map(({ id }) => id));
    expect(before.made.filter((id) => !ids.has(id))).toEqual([]);
    for (const { id, name: kept, samples } of rows.filter(({ id }) => asked.has(id))) {
      expect(samples).toBe(3);
      expect(Number(kept)).toBeGreaterThanOrEqual(before.acknowledged.get(id) ?? 0);
      expect(Number(kept)).toBeLessThanOrEqual(after.get(id) ?? 0);
    }
    // Each rename gave its three samples consecutive numbers. The last of all numbers is the feed's.
    const [numbers] = await queryRows<{ last: string; most: string; torn: number }>(
      db,
      sql`select (select last::text from feed) as last, (select max(updated_at)::text from samples) as most,
            (select count(*)::int from (select person_id from samples group by person_id
              having max(updated_at) - min(updated_at) <> 2) as each) as torn`,
    );
    expect(numbers?.torn).toBe(0);
    expect(numbers?.most).toBe(numbers?.last);
    await close();
  }

  const [{ name } = { name: '' }] = backups;
  const path = join(folder, name);
  const { size } = await lstat(path);
  const damaged = await open(path, 'r+');
  await damaged.write(Buffer.alloc(1000, 0xa5), 0, 1000, Math.floor(size / 2));
  await damaged.close();
  expect(await kithIn(folder, ['backup', '--verify', name])).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^kith: .*1\.tar\.gz: it is not a backup of Kith, or is damaged\n$/),
  });
  const second = join(folder, '2.tar.gz');
  const file = await open(second, 'r+');
  await file.truncate(Math.floor(size / 2));
  await file.close();
  expect(await kithIn(folder, ['backup', '--verify', '2.tar.gz'])).toMatchObject({
    code: 2,
    err: expect.stringMatching(/2\.tar\.gz: it was cut off\n$/),
  });
});
