import { setTimeout as sleep } from 'node:timers/promises';
import { type PostgresServer, startPostgresServer } from '../../db/testing/postgresServer';
import { enrolFace, matchFaces } from '../../lib/shared/contract/faces';
import { syncFaces } from '../../lib/shared/contract/feed';
import { createImport, readImport } from '../../lib/shared/contract/imports';
import { createKey } from '../../lib/shared/contract/keys';
import { readHealth, readReadiness } from '../../lib/shared/contract/server';
import { createWebhook } from '../../lib/shared/contract/webhooks';
import { type Answer, Client } from '../fixtures/client';
import { type HookReceiver, startHookReceiver } from '../fixtures/hookReceiver';
import { freshDataUrl, PHOTOS, photoDataUrl, readPhoto } from '../fixtures/photos';
import type { PictureServer } from '../fixtures/pictureServer';
import { expect, type Kith, test } from '../fixtures/test';
import { ADMIN, ConsolePage } from '../pages/ConsolePage';

/** Maximum duration of a call, ms, whatever the database does. */
const BOUND_MS = 10_000;

test.describe.configure({ mode: 'serial' });
test.use({ expectedErrors: [/./] });

let server: PostgresServer;
let kith: Kith;
let hooks: HookReceiver;
/** Calls the API with a key in the database. API_KEY needs no database. */
let client: Client;
let faceId: number;
let image_url: string;

test.beforeAll(async ({ kiths, pictures }) => {
  test.setTimeout(180_000);
  server = await startPostgresServer();
  hooks = await startHookReceiver();
  kith = await kiths.start({
    databaseUrl: server.url('postgres'),
    env: { ...ADMIN, FETCH_ALLOW: `${pictures.host},127.0.0.1` },
  });
  const { body } = await kith.client.call(createKey, {
    fields: { name: 'a test', scopes: ['match', 'faces:read', 'faces:write', 'sync'] },
  });
  client = new Client(kith.url, String(body.key));
  image_url = await photoDataUrl(PHOTOS.franck[1]);
  const enrolled = await client.call(enrolFace, {
    fields: {
      image_url: await photoDataUrl(PHOTOS.franck[0]),
      unique_args: { user_id: 'franck', user_name: 'Franck' },
    },
  });
  faceId = Number(enrolled.body.face_id);
  await kith.client.call(createWebhook, { fields: { url: hooks.url, events: ['enrolment'] } });
});

test.afterAll(async () => {
  await kith?.server.stop();
  await hooks?.close();
  await server?.stop();
});

/** Expects a response in time. */
async function inTime<T>(call: Promise<T>, ms = BOUND_MS): Promise<T> {
  const started = performance.now();
  const answer = await call;
  expect(performance.now() - started).toBeLessThan(ms);
  return answer;
}

const enrolAgain = async () =>
  client.call(enrolFace, {
    fields: { image_url: await freshDataUrl(PHOTOS.audrey[0]), unique_args: { user_id: 'audrey' } },
  });
const calls = () => [
  client.call(matchFaces, { fields: { image_url } }),
  client.call(syncFaces, { query: { last_updated_at: 0 } }),
  enrolAgain(),
  kith.client.call(matchFaces, { fields: { image_url } }),
];

function expectAway({ status, headers, body }: Answer): void {
  expect(body).toMatchObject({ error_type: 4002, error_message: expect.stringContaining('database') });
  expect(status).toBe(503);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
}

/** Expects that calls that need the database report its absence in time, and that the others work. */
async function expectAllAway(): Promise<void> {
  // The first calls detect the failure; the second ones already know of it.
  for (let round = 0; round < 2; round++) {
    for (const answer of await Promise.all(calls().map((call) => inTime(call)))) expectAway(answer);
  }
  const ready = await inTime(client.call(readReadiness, { key: null }), 4_000);
  expectAway(ready);
  expect(ready.body).toMatchObject({ database: false, recogniser: true, gallery: true });
  expect((await inTime(client.call(readHealth, { key: null }), 2_000)).status).toBe(200);
}

/** Expects that everything works again within the limit, without any intervention. */
async function expectAllBack(): Promise<void> {
  const started = performance.now();
  while ((await client.call(readReadiness, { key: null })).status !== 200) {
    expect(performance.now() - started).toBeLessThan(BOUND_MS);
    await sleep(200);
  }
  const matched = await inTime(client.call(matchFaces, { fields: { image_url } }));
  expect(matched.body.faces).toMatchObject([{ face_id: faceId }]);
  expect((await client.call(syncFaces, { query: { last_updated_at: 0 } })).status).toBe(200);
  // The gallery is updated, and webhooks are delivered.
  const posted = hooks.received.length;
  const enrolled = await enrolAgain();
  expect(enrolled.status).toBe(200);
  const found = await client.call(matchFaces, { fields: { image_url: await photoDataUrl(PHOTOS.audrey[1]) } });
  expect(found.body.faces).toMatchObject([{ person: { user_id: 'audrey' } }]);
  await expect.poll(() => hooks.received.length, { timeout: 20_000 }).toBeGreaterThan(posted);
}

/** Starts an import whose pictures arrive while the database is down. Returns a function that waits for its end. */
async function importMeanwhile(pictures: PictureServer, mark: string): Promise<() => Promise<void>> {
  const photo = await readPhoto(PHOTOS.franck[0]);
  const rows = [0, 1, 2].map((nth) => ({
    image_url: pictures.route(`/slow-${mark}-${nth}.jpg`, (_, response) => {
      setTimeout(() => response.writeHead(200, { 'Content-Type': 'image/jpeg' }).end(photo), 1_000 + nth * 1_500);
    }),
  }));
  const { body } = await client.call(createImport, { fields: { rows } });
  const import_id = Number(body.import_id);
  return async () => {
    await expect
      .poll(async () => (await client.call(readImport, { params: { import_id } })).body.import, { timeout: 90_000 })
      .toMatchObject({ status: 'done', failed: 0 });
  };
}

test('a server whose database hangs says so within seconds, and goes on when it does not', async ({ pictures }) => {
  test.setTimeout(180_000);
  const imported = await importMeanwhile(pictures, 'hang');
  // These calls are in progress when the database hangs.
  const caught = calls();
  server.freeze();
  try {
    for (const { status } of await Promise.all(caught.map((call) => inTime(call))))
      expect([200, 503]).toContain(status);
    await expectAllAway();
  } finally {
    server.thaw();
  }
  await expectAllBack();
  await imported();
});

test('a server whose database is stopped says so, and goes on when it is there again', async ({ pictures }) => {
  test.setTimeout(180_000);
  const imported = await importMeanwhile(pictures, 'stop');
  const caught = calls();
  await server.halt();
  for (const { status } of await Promise.all(caught.map((call) => inTime(call)))) expect([200, 503]).toContain(status);
  await expectAllAway();
  await server.resume();
  await expectAllBack();
  await imported();
});

test('a database that restarts under calls costs some of them a second try, and no acknowledged write', async () => {
  test.setTimeout(180_000);
  let over = false;
  const acknowledged: number[] = [];
  const caller = async (call: () => Promise<Answer>) => {
    while (!over) {
      const answer = await inTime(call());
      if (answer.status === 200) acknowledged.push(Number(answer.body.face_id ?? 0));
      else expectAway(answer);
      await sleep(100);
    }
  };
  const calling = [enrolAgain, () => client.call(syncFaces, { query: { last_updated_at: 0 } })].map(caller);
  for (let round = 0; round < 2; round++) {
    await sleep(1_000);
    await server.halt();
    await server.resume();
  }
  await expectAllBack();
  over = true;
  await Promise.all(calling);
  const { body } = await client.call(syncFaces, { query: { last_updated_at: 0, limit: 10_000 } });
  const kept = new Set((body.faces as { faceId: number }[]).map(({ faceId: id }) => id));
  expect(acknowledged.filter((id) => id !== 0 && !kept.has(id))).toEqual([]);
});

test('a page of the console says that the database is away, and is there again after another try', async ({ page }) => {
  test.setTimeout(180_000);
  const console = new ConsolePage(page, kith.url);
  await console.signIn();
  await server.halt();
  await inTime(console.open('/people'));
  await expect(page.getByRole('heading', { name: 'The database cannot be reached' })).toBeVisible();
  await server.resume();
  await expectAllBack();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: 'People' })).toBeVisible();
});

test('the log tells when it went and when it was back, and no call was answered with 500', async () => {
  const output = kith.server.output();
  expect(output.match(/"msg":"the database cannot be reached"/g)?.length).toBeGreaterThanOrEqual(3);
  expect(output.match(/"msg":"the database can be reached again"/g)?.length).toBeGreaterThanOrEqual(3);
  expect(output).not.toContain('"status":500');
});
