import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { matchFaces } from '@/lib/shared/contract/faces';
import { addImportPicture, createImport, deleteImport, readImport, steerImport } from '@/lib/shared/contract/imports';
import type { Client } from '../fixtures/client';
import { freePort } from '../fixtures/freePort';
import { PHOTOS, photoDataUrl } from '../fixtures/photos';
import { expect, type Kith, test } from '../fixtures/test';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Comments before something that is not an element. With few of them, a backtracking search took 16 seconds; with many,
 * for ever.
 */
const POISON = [26, 60].map((comments) => Buffer.from(`${'<!---->'.repeat(comments)}x`));
const asDataUrl = (bytes: Uint8Array) => `data:image/svg+xml;base64,${Buffer.from(bytes).toString('base64')}`;

/** Returns the maximum time in milliseconds that the server took to respond to a probe while `doing` ran. */
async function longestSilence(url: string, doing: Promise<unknown>): Promise<number> {
  let over = false;
  const done = doing.finally(() => {
    over = true;
  });
  let longest = 0;
  do {
    const started = performance.now();
    await (await fetch(`${url}/api/health`)).arrayBuffer();
    longest = Math.max(longest, performance.now() - started);
    await sleep(20);
  } while (!over);
  await done;
  return longest;
}

async function rowsOf(client: Client, importId: number) {
  const { body } = await client.call(readImport, { params: { import_id: importId } });
  return body.outcome as { row: number; status: string; error_type: number | null; error_message: string | null }[];
}

/** Starts an import. Returns its id. */
async function startImport(client: Client, ...urls: string[]): Promise<number> {
  const rows = urls.map((image_url) => ({ image_url }));
  return Number((await client.call(createImport, { fields: { rows } })).body.import_id);
}

for (const bytes of POISON) {
  test(`a picture of ${bytes.length} bytes made of comments holds nobody up, however it comes`, async ({
    kith,
    client,
    pictures,
  }) => {
    const served = pictures.route(`/poison-${bytes.length}`, (_, response) => response.end(bytes));
    const calls = async () => {
      const answers = await Promise.all([
        client.call(matchFaces, { fields: { image_url: asDataUrl(bytes) } }),
        client.call(matchFaces, { form: 'multipart', fields: { image: bytes } }),
        client.call(matchFaces, { form: 'urlencoded', fields: { image_url: asDataUrl(bytes) } }),
        client.call(matchFaces, { fields: { image_url: served } }),
      ]);
      expect(answers.map(({ status, body }) => [status, body.error_type])).toEqual(Array(4).fill([415, 1401]));
    };
    expect(await longestSilence(kith.url, calls())).toBeLessThan(3_000);

    const importId = await startImport(client, asDataUrl(bytes), served);
    const params = { import_id: importId };
    await client.call(addImportPicture, { params, form: 'multipart', fields: { image: bytes, name: 'poison.svg' } });
    await expect
      .poll(async () => (await rowsOf(client, importId)).map(({ error_type }) => error_type))
      .toEqual([1401, 1401, 1401]);
  });
}

const MB = 1_000_000;
const BUSY_BODIES: [name: string, type: string, body: () => string][] = [
  ['lists in JSON', 'application/json', () => `{"image_url":[${'[],'.repeat(6 * MB)}[]]}`],
  ['levels of JSON', 'application/json', () => '['.repeat(19 * MB)],
  ['fields of a form', 'application/x-www-form-urlencoded', () => 'a=b&'.repeat(7 * MB)],
  ['plus signs in a form', 'application/x-www-form-urlencoded', () => `image_url=${'+'.repeat(28 * MB)}`],
  [
    'line ends in a data: URL',
    'application/json',
    () => JSON.stringify({ image_url: `data:;base64,${'A '.repeat(9 * MB)}` }),
  ],
  ['a long name', 'application/x-www-form-urlencoded', () => `${'a'.repeat(28 * MB)}=1`],
];

for (const [name, type, body] of BUSY_BODIES) {
  test(`a body of ${name} holds nobody up`, async ({ kith }) => {
    const headers = { 'Content-Type': type, Authorization: `Bearer ${kith.key}` };
    const call = async () => {
      const response = await fetch(`${kith.url}/face/match`, { method: 'POST', headers, body: body() });
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.status).toBeLessThan(500);
      expect((await response.text()).length).toBeLessThan(2_000);
    };
    // Without its limits, the server was blocked for 20 to 90 seconds.
    expect(await longestSilence(kith.url, call())).toBeLessThan(5_000);
  });
}

test('a row that is under way when the server is killed is failed the second time, with a reason', async ({
  kiths,
  database,
}) => {
  test.setTimeout(300_000);
  const kith = await kiths.start();
  const { pictures } = kiths;
  const asked = () => pictures.requests.filter((path) => path === '/kills.jpg').length;
  const before = asked();
  const kills = pictures.route('/kills.jpg', () => undefined);
  const importId = await startImport(kith.client, kills, await photoDataUrl(PHOTOS.obama[0]));
  // If other servers may exist, the claims of a dead server expire after half a minute.
  const timeout = database === 'postgres' ? 90_000 : 30_000;
  for (const attempt of [1, 2]) {
    await expect.poll(() => asked() - before, { timeout }).toBe(attempt);
    await kith.server.kill();
    await kith.restart();
  }
  await expect.poll(async () => (await rowsOf(kith.client, importId))[0]?.status, { timeout }).toBe('failed');
  const [row] = await rowsOf(kith.client, importId);
  expect(row).toMatchObject({ error_type: 9000, error_message: expect.stringContaining('ended twice') });
  // This row was in progress at the first kill too, but did not cause it.
  await expect.poll(async () => (await rowsOf(kith.client, importId))[1]?.status, { timeout }).toBe('enrolled');
  await kith.server.stop();
  await kith.restart();
  await sleep(1_000);
  expect(asked() - before).toBe(2);
  expect((await rowsOf(kith.client, importId))[0]).toMatchObject({ status: 'failed' });
  await kith.server.stop();
});

test('an import is paused, cancelled and deleted while its rows hang', async ({ client, pictures }) => {
  const hanging = pictures.route('/hanging.jpg', () => undefined);
  const importId = await startImport(client, hanging, hanging);
  const params = { import_id: importId };
  await expect.poll(() => pictures.requests.includes('/hanging.jpg')).toBe(true);
  for (const [action, status] of [
    ['pause', 'paused'],
    ['resume', 'running'],
    ['cancel', 'cancelled'],
  ]) {
    const answer = await client.call(steerImport, { params, fields: { action } });
    expect([answer.status, answer.body.status]).toEqual([200, status]);
  }
  expect((await client.call(deleteImport, { params })).status).toBe(200);
  expect((await client.call(readImport, { params })).status).toBe(404);
});

/** Starts an upload whose body never ends. */
async function halfOpenUpload({ url, key }: Kith): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(
    `POST /face/match HTTP/1.1\r\nHost: kith\r\nAuthorization: Bearer ${key}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n\r\n--b\r\n`,
  );
  return socket;
}

test('SIGTERM ends the server within ten seconds whatever hangs', async ({ kiths }) => {
  test.setTimeout(120_000);
  const { pictures } = kiths;
  const kith = await kiths.start();
  const hanging = pictures.route('/never.jpg', () => undefined);
  const importId = await startImport(kith.client, hanging, hanging);
  const group = await photoDataUrl(PHOTOS.groups[0] as string);
  const uploads = await Promise.all(Array.from({ length: 10 }, () => halfOpenUpload(kith)));
  // There are slow hosts, and more pictures than can be recognised in that time.
  const calls = Array.from({ length: 30 }, (_, i) =>
    kith.client.call(matchFaces, { fields: { image_url: i < 5 ? hanging : group } }).catch(() => undefined),
  );
  await sleep(1_000);
  const started = performance.now();
  await kith.server.stop();
  expect(performance.now() - started).toBeLessThan(10_000);
  await Promise.all(calls);
  for (const socket of uploads) socket.destroy();
  // The rows that were given back are started again, as if they had never been started.
  await kith.restart();
  expect(await rowsOf(kith.client, importId)).toMatchObject([{ status: 'waiting' }, { status: 'waiting' }]);
  await kith.server.kill();
});

test('npm start ends within ten seconds of SIGTERM also when its server does not see the signal', async () => {
  test.setTimeout(240_000);
  const folder = await mkdtemp(join(tmpdir(), 'kith-stuck-'));
  const port = String(await freePort());
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production', PORT: port, DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    await expect.poll(() => output, { timeout: 180_000 }).toContain('Kith is ready');
    const [server] = (await readFile(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8')).trim().split(' ');
    // The server is stopped completely, as if its event loop were blocked.
    process.kill(Number(server), 'SIGSTOP');
    const ended = once(child, 'exit');
    const started = performance.now();
    child.kill('SIGTERM');
    await ended;
    expect(performance.now() - started).toBeLessThan(10_000);
    await expect(fetch(`http://127.0.0.1:${port}/api/health`)).rejects.toThrow();
  } finally {
    child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
});
