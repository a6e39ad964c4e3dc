import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { matchFaces } from '../../lib/shared/contract/faces';
import { createKey } from '../../lib/shared/contract/keys';
import { Client } from '../fixtures/client';
import { freePort } from '../fixtures/freePort';
import { PHOTOS, photoDataUrl, readPhoto } from '../fixtures/photos';
import { expect, type Kith, test } from '../fixtures/test';

const photo = PHOTOS.obama[0];

async function newKey({ url, client }: Kith, name: string): Promise<Client> {
  const { body } = await client.call(createKey, { fields: { name, scopes: ['match'] } });
  return new Client(url, String(body.key));
}

/**
 * Starts an upload whose body never ends. Its `status` returns the status of the response, or null if there is none.
 */
async function halfOpenUpload({ url, key }: Client): Promise<{ socket: Socket; status: () => number | null }> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(
    `POST /face/match HTTP/1.1\r\nHost: kith\r\nAuthorization: Bearer ${key}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n\r\n--b\r\n`,
  );
  return { socket, status: () => (text === '' ? null : Number(text.split(' ')[1])) };
}

/** Expects that five matches in sequence succeed. */
async function expectAnswers(client: Client): Promise<void> {
  for (let i = 0; i < 5; i++) {
    const { status, body } = await client.call(matchFaces, { fields: { image_url: await photoDataUrl(photo) } });
    expect(status, JSON.stringify(body)).toBe(200);
  }
}

test('a hundred half-open uploads of one key leave places for another', async ({ kith }) => {
  const [greedy, other] = [await newKey(kith, 'greedy'), await newKey(kith, 'other')];
  const uploads = await Promise.all(Array.from({ length: 100 }, () => halfOpenUpload(greedy)));
  // Once the uploads beyond the key's share are refused, the server has seen all of them.
  await expect
    .poll(() => uploads.filter(({ status }) => status() === 503).length, { timeout: 20_000 })
    .toBeGreaterThan(30);
  expect(uploads.filter(({ status }) => status() === null).length).toBeGreaterThan(20);
  await expectAnswers(other);
  for (const { socket } of uploads) socket.destroy();
});

test('two hundred slow image hosts of one key leave places for another, which that host still serves', async ({
  kith,
  pictures,
}) => {
  const [greedy, other] = [await newKey(kith, 'slow'), await newKey(kith, 'quick')];
  const slow = pictures.route('/slow-for-ever.jpg', () => undefined);
  const calls = Array.from({ length: 200 }, () => greedy.call(matchFaces, { fields: { image_url: slow } }));
  await expect.poll(() => pictures.requests.filter((path) => path === '/slow-for-ever.jpg').length).toBeGreaterThan(20);
  await expectAnswers(other);
  const answers = await Promise.all(calls);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503, 504]));

  // The host's circuit is now open for this key only.
  const started = performance.now();
  const refused = await greedy.call(matchFaces, { fields: { image_url: pictures.url(photo) } });
  expect(performance.now() - started).toBeLessThan(5_000);
  expect(refused.status).toBe(504);
  expect(refused.body.error_message).toContain('was not asked again');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(1);
  expect((await other.call(matchFaces, { fields: { image_url: pictures.url(photo) } })).status).toBe(200);
});

test('a dead image host is not asked for a minute, and then serves again', async ({ kiths }) => {
  test.setTimeout(240_000);
  const port = await freePort();
  const kith = await kiths.start({ env: { FETCH_ALLOW: `127.0.0.1:${port}` } });
  const fields = { image_url: `http://127.0.0.1:${port}/photo.jpg` };
  const match = () => kith.client.call(matchFaces, { fields });
  for (let i = 0; i < 5; i++) expect((await match()).status).toBe(502);
  let host: Server | undefined;
  try {
    const bytes = await readPhoto(photo);
    let asked = 0;
    host = createServer((_, response) => {
      asked++;
      response.end(bytes);
    }).listen(port, '127.0.0.1');
    await once(host, 'listening');
    const refused = await match();
    expect(refused.status).toBe(502);
    expect(refused.body.error_message).toContain('was not asked again');
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(20);
    expect(asked).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    expect((await match()).status).toBe(200);
    expect((await match()).status).toBe(200);
  } finally {
    host?.close();
    await kith.server.stop();
  }
});
