import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { readExposition } from '@/lib/server/start/testing/exposition';
import { readExpressions } from '@/lib/server/start/testing/monitoring';
import { readPromql } from '@/lib/server/start/testing/promql';
import { enrolFace, matchFaces, readFace } from '@/lib/shared/contract/faces';
import { readHealth, readReadiness } from '@/lib/shared/contract/server';
import { freePort } from '../fixtures/freePort';
import { PHOTOS, photoDataUrl, readPhoto } from '../fixtures/photos';
import { ServerFailed, startServer } from '../fixtures/server';
import { expect, test } from '../fixtures/test';

const [franck] = PHOTOS.franck;

/** Returns the output of a server that must not start. */
async function refusal(start: Promise<unknown>): Promise<ServerFailed> {
  const error = await start.then(
    () => new Error('it started'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ServerFailed);
  return error as ServerFailed;
}

test('it is alive and ready', async ({ client }) => {
  expect((await client.call(readHealth, { key: null })).body).toMatchObject({ status: 'ok' });
  expect((await client.call(readReadiness, { key: null })).body).toEqual({
    status: 'ready',
    database: true,
    recogniser: true,
    gallery: true,
  });
});

test('it counts its requests and stages, and logs no biometric data', async ({ client, kith }) => {
  const image_url = await photoDataUrl(franck);
  const enrolled = await client.call(enrolFace, {
    fields: { image_url, unique_args: { user_name: 'Nobody logs me' } },
  });
  await client.call(readFace, { query: { face_id: Number(enrolled.body.face_id) } });
  const response = await fetch(`${kith.url}/api/metrics`, { headers: { 'X-API-Key': kith.key } });
  expect(response.headers.get('content-type')).toContain('text/plain');
  const text = await response.text();
  for (const name of ['operation="enrolFace",method="post",status="200"', 'stage="detect"', 'kith_gallery_samples']) {
    expect(text).toContain(name);
  }
  const output = kith.server.output();
  expect(output).toContain(`"request_id":"${enrolled.headers.get('x-request-id')}"`);
  for (const secret of ['Nobody logs me', 'base64', String(enrolled.body.face_encoding).slice(0, 40), kith.key]) {
    expect(output).not.toContain(secret);
  }
});

test('what dashboard, alerts and docs/operations.md name is what a server tells, by those labels', async ({
  client,
  kith,
}) => {
  await client.call(matchFaces, { fields: { image_url: await photoDataUrl(franck) } });
  await client.call(readFace, { query: { face_id: 1e9 } });
  const response = await fetch(`${kith.url}/api/metrics`, { headers: { 'X-API-Key': kith.key } });
  const told = readExposition(await response.text());
  // Prometheus itself adds this series.
  told.series.set('up', new Set());
  const missing = (await readExpressions()).flatMap((expression) => {
    const { selectors, groupedBy } = readPromql(expression);
    const available = new Set([
      'instance',
      'job',
      ...selectors.flatMap(({ metric }) => [...(told.series.get(metric) ?? [])]),
    ]);
    return [
      ...selectors.filter(({ metric }) => !told.series.has(metric)).map(({ metric }) => metric),
      ...selectors.flatMap(({ metric, labels }) =>
        Object.keys(labels)
          .filter((label) => !['instance', 'job'].includes(label) && !told.series.get(metric)?.has(label))
          .map((label) => `${metric}{${label}}`),
      ),
      ...groupedBy.filter((label) => !available.has(label)).map((label) => `by (${label}) in ${expression}`),
    ];
  });
  expect(missing).toEqual([]);
  const documented = await readFile(new URL('../../docs/operations.md', import.meta.url), 'utf8');
  expect(told.families.filter((name) => !documented.includes(`\`${name}\``))).toEqual([]);
});

test('an unknown path, a wrong method and a broken path are answered as JSON', async ({ kith }) => {
  const headers = { 'X-API-Key': kith.key };
  for (const path of [
    '/api',
    '/api/nothing',
    '/api/people/1/nothing',
    '/face/nothing',
    '/faces',
    '/faces/sync/more',
    '/face/%E0%A4%A',
  ]) {
    const response = await fetch(kith.url + path, { headers });
    expect(response.status, path).toBe(404);
    expect(await response.json(), path).toMatchObject({ error_type: 1200, request_id: expect.any(String) });
  }
  const response = await fetch(`${kith.url}/face/match`, { headers });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('POST, OPTIONS');
  expect(await response.json()).toMatchObject({ error_type: 1000 });
});

test('a picture of the largest size is taken whole, one byte more is refused', async ({ kiths }) => {
  const { client, server } = await kiths.start({ env: { MAX_IMAGE_BYTES: String(12 * 1024 * 1024) } });
  // Decoders ignore bytes after the end of a JPEG, so they make it as large as needed.
  const photo = await readPhoto(franck);
  const padded = (size: number) => Buffer.concat([photo, Buffer.alloc(size - photo.length)]);
  const largest = await client.call(matchFaces, { form: 'multipart', fields: { image: padded(12 * 1024 * 1024) } });
  expect(largest.body.faces).toHaveLength(1);
  const beyond = await client.call(matchFaces, { form: 'multipart', fields: { image: padded(12 * 1024 * 1024 + 1) } });
  expect(beyond.status).toBe(413);
  expect(beyond.body.error_type).toBe(1400);
  await server.stop();
});

test('SIGTERM finishes what runs, takes nothing new, and ends with 0', async ({ kiths, pictures }) => {
  const { client, server, url } = await kiths.start();
  const photo = await readPhoto(franck);
  let asked = () => {};
  const fetching = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const image_url = pictures.route('/slow.jpg', (_, response) => {
    asked();
    setTimeout(() => response.writeHead(200, { 'Content-Type': 'image/jpeg' }).end(photo), 1_500);
  });
  const running = client.call(matchFaces, { fields: { image_url } });
  await fetching;
  const started = Date.now();
  const stopped = server.stop();
  await sleep(300);
  await expect(fetch(`${url}/api/health`)).rejects.toThrow();
  expect((await running).status).toBe(200);
  expect(await stopped).toBe(0);
  expect(Date.now() - started).toBeLessThan(8_000);
});

test('a server whose output nobody reads any more serves, and stops when it is told to', async ({ kiths }) => {
  // The server's next output is the set-up link.
  const { client, server } = await kiths.start({ readUntil: /Ready in/ });
  expect((await client.call(readHealth, { key: null })).status).toBe(200);
  expect(await server.stop()).toBe(0);
});

test('a second server on the same DATA_DIR is refused and told who has it', async ({ kith, kiths }) => {
  const port = await freePort();
  const { message } = await refusal(kiths.start({ dataDir: kith.dataDir, port, databaseUrl: kith.databaseUrl }));
  expect(message).toContain('DATA_DIR');
  expect(message).toContain(`process ${kith.server.pid}`);
  expect(message).toContain(`port ${kith.server.port}`);
});

test('a DATA_DIR whose server was killed is free again', async ({ kiths }) => {
  const kith = await kiths.start();
  const enrolled = await kith.client.call(enrolFace, { fields: { image_url: await photoDataUrl(franck) } });
  await kith.server.kill();
  await kith.restart();
  const { status } = await kith.client.call(readFace, { query: { face_id: Number(enrolled.body.face_id) } });
  expect(status).toBe(200);
  await kith.server.stop();
});

test('bad settings end the start with one line for each, naming the variable', async ({ kith }) => {
  const bad = { MATCH_TRUST: 'high', GALLERY: 'redis', FETCH_ALLOW: '***', MAX_IMAGE_BYTES: '-1' };
  const { output, exitCode } = await refusal(
    startServer({ dataDir: `${kith.dataDir}-other`, port: await freePort(), env: bad }),
  );
  expect(exitCode).toBe(1);
  const lines = output.slice(output.indexOf('Kith cannot start: ')).trim().split('\n');
  expect(lines).toHaveLength(Object.keys(bad).length);
  for (const name of Object.keys(bad)) expect(lines.filter((line) => line.includes(`${name} must be`))).toHaveLength(1);
});

test('a database that is not there ends the start with its name', async ({ kith }) => {
  const port = await freePort();
  const { output, exitCode } = await refusal(
    startServer({
      dataDir: `${kith.dataDir}-none`,
      port,
      databaseUrl: `postgres://kith@127.0.0.1:${await freePort()}/x`,
    }),
  );
  expect(exitCode).toBe(1);
  expect(output).toContain('Kith cannot start: ');
});
