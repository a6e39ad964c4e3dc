import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as faces from '@/lib/shared/contract/faces';
import { syncFaces } from '@/lib/shared/contract/feed';
import { createImport, readImport } from '@/lib/shared/contract/imports';
import { readHealth, readReadiness } from '@/lib/shared/contract/server';
import { createWebhook } from '@/lib/shared/contract/webhooks';
import { type Pooler, startPooler } from '../../db/testing/pooler';
import { type PostgresServer, startPostgresServer } from '../../db/testing/postgresServer';
import manifest from '../../models/manifest.json' with { type: 'json' };
import { ROOT } from '../../scripts/prepare/step.mjs';
import { type BuiltFunction, bytesOf, readFunctions, together } from '../../scripts/vercel/functions.mjs';
import { Client } from '../fixtures/client';
import { type FunctionServer, type FunctionTree, makeFunctionTree } from '../fixtures/functionServer';
import { type HookReceiver, startHookReceiver } from '../fixtures/hookReceiver';
import { PHOTOS, photoDataUrl } from '../fixtures/photos';
import { expect, test } from '../fixtures/test';

const KEY = 'a-key-for-the-functions';
const CRON_SECRET = 'a-secret-of-the-scheduler';

/**
 * Vercel combines routes into functions: pages separately from calls. A route with limits of its own (vercel.json) gets
 * a function of its own.
 */
const KINDS = {
  calls: ({ route }: BuiltFunction) => route.endsWith('/route') && !KINDS.cron({ route } as BuiltFunction),
  cron: ({ route }: BuiltFunction) => route === 'app/api/cron/route',
  pages: ({ route }: BuiltFunction) => route.endsWith('/page'),
};
type Kind = keyof typeof KINDS;

test.describe.configure({ mode: 'serial' });

let built: BuiltFunction[];
let postgres: PostgresServer;
let pooler: Pooler;
let hooks: HookReceiver;
let trees: Record<Kind, FunctionTree>;
let running: Record<Kind, FunctionServer>;
let client: Client;

test.beforeAll(async ({ pictures }) => {
  test.setTimeout(180_000);
  built = await readFunctions();
  [postgres, hooks] = await Promise.all([startPostgresServer(), startHookReceiver()]);
  pooler = await startPooler(postgres.url('postgres'), 5);
  const settings = {
    DATABASE_URL: pooler.url,
    AUTH_SECRET: '0123456789abcdef',
    API_KEY: KEY,
    CRON_SECRET,
    FETCH_ALLOW: `${pictures.host},${new URL(hooks.url).host}`,
  };
  const start = async <T>(make: (kind: Kind) => Promise<T>) => {
    const [calls, cron, pages] = await Promise.all([make('calls'), make('cron'), make('pages')]);
    return { calls, cron, pages };
  };
  trees = await start((kind) => makeFunctionTree(built.filter(KINDS[kind])));
  running = await start((kind) => trees[kind].run(settings));
  client = new Client(running.calls.url, KEY);
});

test.afterAll(async () => {
  await Promise.all(Object.values(trees ?? {}).map((tree) => tree.remove()));
  await hooks?.close();
  await pooler?.stop();
  await postgres?.stop();
});

test('the files of the functions alone, read-only and run by a stranger, answer the face calls through a pooler', async () => {
  expect((await client.call(readHealth)).status).toBe(200);
  expect((await client.call(readReadiness)).status).toBe(200);
  const image = async (photo: string) => ({ image_url: await photoDataUrl(photo) });
  const franck = { ...(await image(PHOTOS.franck[0])), unique_args: { user_id: '7', user_name: 'Franck' } };
  const { body: enrolled } = await client.call(faces.enrolFace, { fields: franck });
  const face_id = enrolled.face_id as number;
  const matched = await client.call(faces.matchFaces, { fields: await image(PHOTOS.franck[1]) });
  expect(matched.body.faces).toMatchObject([{ face_id, person: { name: 'Franck' } }]);
  const synced = await client.call(syncFaces, { query: { last_updated_at: 0 } });
  expect(synced.body.faces).toMatchObject([{ faceId: face_id, personName: 'Franck' }]);
  expect((await client.call(faces.deleteFace, { fields: { face_id } })).status).toBe(200);
});

test('imports and webhooks stand still until the scheduler calls', async ({ pictures }) => {
  // Tests of other files have requested pictures before.
  const asked = pictures.requests.length;
  await client.call(createWebhook, { fields: { url: hooks.url, events: ['enrolment'] } });
  const created = await client.call(createImport, {
    fields: { rows: [{ image_url: pictures.url(PHOTOS.audrey[0]) }] },
  });
  await client.call(faces.enrolFace, { fields: { image_url: await photoDataUrl(PHOTOS.franck[0]) } });
  const { import_id } = created.body as { import_id: number };
  const progress = () => client.call(readImport, { params: { import_id } });
  expect((await progress()).body.import).toMatchObject({ status: 'running', waiting: 1 });
  expect(pictures.requests.slice(asked)).toEqual([]);
  expect(hooks.received).toEqual([]);

  const cron = async (secret: string) => {
    const response = await fetch(`${running.cron.url}/api/cron`, { headers: { Authorization: `Bearer ${secret}` } });
    return { status: response.status, body: await response.json() };
  };
  expect((await cron('a-secret-of-somebody-else')).status).toBe(401);
  // Both calls run at the same time, so either of them may post the enrolment.
  const first = await cron(CRON_SECRET);
  const second = await cron(CRON_SECRET);
  expect(first).toMatchObject({ status: 200, body: { imports: { enrolled: 1 } } });
  expect(second).toMatchObject({ status: 200, body: { imports: { enrolled: 0 } } });
  expect(first.body.webhooks.delivered + second.body.webhooks.delivered).toBe(2);
  expect(hooks.received).toHaveLength(2);
  expect((await progress()).body.import).toMatchObject({ status: 'done', enrolled: 1 });
});

test('pages are rendered', async () => {
  const login = await fetch(`${running.pages.url}/login`);
  expect(login.status).toBe(200);
  expect(await login.text()).toContain('<form');
});

test('nothing was written to the disk and nothing went wrong, and what the platform cannot do was said', async () => {
  for (const { output } of Object.values(running)) {
    expect(output()).not.toMatch(/EACCES|EROFS|EPERM|ENOENT|Cannot find|telemetry|"level":"error"/);
    expect(output()).toContain('Vercel takes requests of 4.5 MB at most');
    expect(output()).toContain('each function instance loads the gallery');
  }
});

test('without a database a function does not start, and says why', async () => {
  const { url, ended, output } = await trees.pages.run({});
  await expect(fetch(`${url}/login`)).rejects.toThrow('fetch failed');
  expect(await ended).toBe(1);
  expect(output()).toContain('Kith cannot start: DATABASE_URL must be set on Vercel, to the pooled URL');
  expect(output()).toContain('AUTH_SECRET must be set on Vercel');
});

test('the functions fit, and hold what this platform needs and nothing for another', () => {
  const files = together(built);
  expect(bytesOf(files)).toBeLessThan(250e6);
  const paths = [...files.keys()];
  const { platform, arch } = process;
  const native = `node_modules/onnxruntime-node/bin/napi-v6/${platform}/${arch}`;
  for (const { route, files } of built.filter(({ route }) =>
    /\/face\/(match|detect|update|verify|route)/.test(route),
  )) {
    for (const { file } of Object.values(manifest.models)) expect(files.has(`models/${file}`), route).toBe(true);
    expect(files.has('drizzle/meta/_journal.json'), route).toBe(true);
    expect(files.has(`${native}/onnxruntime_binding.node`), route).toBe(true);
  }
  const binaries = paths.filter((path) => /\.(node|so|dll|dylib)(\.[\d.]+)?$/.test(path));
  expect(binaries.filter((path) => !path.includes(platform) || !path.includes(arch))).toEqual([]);
  expect(
    paths.filter((path) => /electric-sql\/|tfjs|\.jpe?g$|\.mp4$|^(app|cli|e2e|bench|public)\//.test(path)),
  ).toEqual([]);
});

test('models are kept by browsers for ever, also where the platform serves them', async () => {
  // Vercel's builder takes its rules from this file, including those for static files.
  const { headers } = JSON.parse(await readFile(join(ROOT, '.next/routes-manifest.json'), 'utf8'));
  expect(headers).toContainEqual(
    expect.objectContaining({
      source: '/(models|wasm)/:path*',
      headers: [{ key: 'Cache-Control', value: 'public, max-age=31536000, immutable' }],
    }),
  );
});
