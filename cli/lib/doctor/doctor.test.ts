import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '@/e2e/fixtures/freePort';
import { embeddedDirectory } from '@/lib/server/platform/database';
import { lockDataDir } from '@/lib/server/platform/dataDirLock';
import { parseEnv } from '@/lib/server/platform/env';
import { lookAtDatabase } from '@/lib/server/platform/lookAtDatabase';
import { jsonLines, runKith } from '../../testing/runKith';
import { checkClock } from './checkClock';
import { checkDatabase } from './checkDatabase';
import { checkPermissions } from './checkPermissions';
import { checkDataDir, checkModels, checkNode, checkPort } from './checkSystem';
import type { Finding } from './finding';

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'kith-doctor-'));
});
afterAll(() => rm(dataDir, { recursive: true }));

test('a good installation is well, and the exit code says so; nothing is made', async () => {
  const folder = join(dataDir, 'none', 'yet');
  const { code, stdout, stderr } = await runKith(['doctor', '--json'], {
    env: { DATA_DIR: folder, PORT: String(await freePort()) },
  });
  expect([stderr, code]).toEqual(['', 0]);
  const findings = jsonLines<Finding>(stdout);
  expect(findings.map(({ what }) => what.split(' ')[0])).toEqual(
    expect.arrayContaining(['Node.js', 'models', 'ffmpeg', 'clock', 'settings', 'DATA_DIR', 'database', 'port']),
  );
  await expect(checkDataDir(parseEnv({ DATA_DIR: folder }))).resolves.toMatchObject({
    is: expect.stringContaining('made'),
  });
});

test('each thing that is wrong says what to do, and the exit code is 1', async () => {
  const { code, stdout } = await runKith(['doctor', '--json'], {
    env: { DATA_DIR: dataDir, DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/none' },
  });
  expect(code).toBe(1);
  const problems = jsonLines<Finding>(stdout).filter(({ state }) => state === 'problem');
  expect(problems.map(({ what }) => what)).toContain('database');
  expect(problems.every(({ advice }) => advice)).toBe(true);
  expect(stdout).not.toContain('secret');
  const wrong = await runKith(['doctor'], { env: { PORT: 'x', GALLERY: 'y' } });
  expect([wrong.code, wrong.stdout.match(/✗ settings/g)?.length]).toEqual([1, 2]);
}, 120_000);

test('Node.js, models, port and clock', async () => {
  expect(checkNode('20.8.1').state).toBe('problem');
  expect(checkNode('20.20.2', new Date('2026-04-30T20:00:00Z')).state).toBe('ok');
  expect(checkNode('20.20.2', new Date('2026-05-01T00:00:00Z'))).toMatchObject({
    state: 'note',
    is: expect.stringContaining('past its end of life (2026-04-30)'),
    advice: expect.stringContaining('Node.js 24'),
  });
  expect(checkNode('22.0.0', new Date('2027-04-30T00:00:00Z')).state).toBe('ok');
  expect(checkNode('24.1.0', new Date('2028-05-01T00:00:00Z')).state).toBe('note');
  expect((await checkModels()).state).toBe('ok');
  const late = createServer((_, response) => {
    response.setHeader('Date', new Date(Date.now() - 3_600_000).toUTCString());
    response.writeHead(404).end();
  }).listen(0);
  const { port } = late.address() as AddressInfo;
  expect((await checkPort(parseEnv({ PORT: String(port) }))).is).toBe('used by another program');
  expect(await checkClock(`http://127.0.0.1:${port}`)).toMatchObject({ state: 'problem', what: 'clock' });
  expect((await checkClock(undefined, 0)).state).toBe('problem');
  late.close();
  expect((await checkClock(`http://127.0.0.1:${await freePort()}`)).what).toBe('server');
});

test.skipIf(process.platform === 'win32')(
  'what other users can read is named: DATA_DIR, backups, galleries, secrets',
  async () => {
    const home = join(dataDir, 'home');
    const folder = join(home, 'data');
    await mkdir(folder, { recursive: true });
    const tar = pack();
    tar.entry({ name: 'PG_VERSION' }, '18\n');
    tar.finalize();
    const files = {
      'nightly.tar.gz': gzipSync(await buffer(tar)),
      'all.ndjson.gz': gzipSync('{"type":"kith","version":1}\n'),
      'holiday.tar.gz': gzipSync('none of ours'),
      'door.kith': 'KITH gallery 1\r\n',
      '.env': 'PORT=1\nAPI_KEY=secret\n',
      '.env.local': 'PORT=1\nAPI_KEY=\n',
    };
    for (const [name, content] of Object.entries(files)) await writeFile(join(home, name), content);
    const look = async (mode: number) => {
      await chmod(folder, mode | 0o100);
      for (const name of Object.keys(files)) await chmod(join(home, name), mode);
      return checkPermissions(parseEnv({ DATA_DIR: folder }), join(home, 'door.kith'));
    };
    expect((await look(0o644)).map(({ state, is }) => [state, is.replaceAll(home, '')])).toEqual([
      ['problem', 'other users have access to DATA_DIR /data: the folder itself (mode 0744)'],
      ['problem', 'other users can read /.env (secrets)'],
      ['problem', 'other users can read /all.ndjson.gz (an export, which identifies people)'],
      ['problem', 'other users can read /door.kith (a gallery, which identifies people)'],
      ['problem', 'other users can read /nightly.tar.gz (a backup, which has everything)'],
    ]);
    expect((await look(0o600)).map(({ state }) => state)).toEqual(['ok']);
  },
);

test('of the embedded database it says which gallery and why, or who has it', async () => {
  const env = parseEnv({ DATA_DIR: dataDir });
  // As an older Kith may have left it: the database exists, but lacks this version's tables.
  await lookAtDatabase(env, async () => {});
  expect(embeddedDirectory(dataDir)).toContain(dataDir);
  expect((await checkDatabase(env)).map(({ what, state }) => [what, state])).toEqual([
    ['database', 'ok'],
    ['gallery', 'ok'],
  ]);
  expect((await checkDatabase(parseEnv({ DATA_DIR: dataDir, GALLERY: 'memory' })))[1]?.is).toBe(
    'memory: GALLERY is memory',
  );
  const lock = await lockDataDir({ dataDir, what: 'a test' });
  expect((await checkDatabase(env))[0]?.is).toContain(`process ${process.pid}`);
  await lock.release();
}, 240_000);
