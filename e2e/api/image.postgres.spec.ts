import * as faces from '@/lib/shared/contract/faces';
import { syncFaces } from '@/lib/shared/contract/feed';
import { type PostgresServer, startPostgresServer } from '../../db/testing/postgresServer';
import { Client } from '../fixtures/client';
import { freePort } from '../fixtures/freePort';
import { type ImageServer, type ImageTree, makeImageTree } from '../fixtures/imageServer';
import { PHOTOS, photoDataUrl } from '../fixtures/photos';
import { expect, test } from '../fixtures/test';

const KEY = 'a-key-for-the-image';

test.describe.configure({ mode: 'serial' });

let postgres: PostgresServer;
let tree: ImageTree;
let servers: ImageServer[];
let clients: Client[];

test.beforeAll(async () => {
  test.setTimeout(180_000);
  [postgres, tree] = await Promise.all([startPostgresServer(), makeImageTree()]);
  const ports = [await freePort(), await freePort()];
  // Starts two replicas on an empty database at the same time.
  servers = await Promise.all(
    ports.map((port) =>
      tree.run({
        PORT: String(port),
        DATABASE_URL: postgres.url('postgres'),
        AUTH_SECRET: '0123456789abcdef',
        API_KEY: KEY,
      }),
    ),
  );
  clients = ports.map((port) => new Client(`http://127.0.0.1:${port}`, KEY));
});

test.afterAll(async () => {
  await tree?.remove();
  await postgres?.stop();
});

test('the image’s files alone, read-only and run by a stranger, answer the face calls on PostgreSQL', async () => {
  const [one, other] = clients as [Client, Client];
  const image = async (photo: string) => ({ image_url: await photoDataUrl(photo) });
  const franck = { ...(await image(PHOTOS.franck[0])), unique_args: { user_id: '7', user_name: 'Franck' } };
  const { body: enrolled } = await one.call(faces.enrolFace, { fields: franck });
  const face_id = enrolled.face_id as number;
  // The other replica reads and matches the sample. It sees changes at once.
  const read = await other.call(faces.readFace, { query: { face_id } });
  expect(read.body).toMatchObject({ face_id, person: { name: 'Franck' } });
  const matched = await other.call(faces.matchFaces, { fields: await image(PHOTOS.franck[1]) });
  expect(matched.body.faces).toMatchObject([{ face_id }]);
  const detected = await one.call(faces.detectFaces, { fields: await image(PHOTOS.groups[0] ?? '') });
  expect((detected.body.faces as unknown[]).length).toBeGreaterThan(1);
  const updated = await other.call(faces.updateFace, { fields: { face_id, ...(await image(PHOTOS.franck[1])) } });
  expect(updated.status).toBe(200);
  const synced = await one.call(syncFaces, { query: { last_updated_at: 0 } });
  expect(synced.body.faces).toMatchObject([{ faceId: face_id, personName: 'Franck' }]);
  expect((await one.call(faces.deleteFace, { fields: { face_id } })).status).toBe(200);
  const gone = await other.call(syncFaces, { query: { last_updated_at: 0 } });
  expect(gone.body).toMatchObject({ faces: [], deleted: [{ faceId: face_id }] });
});

test('pages, their scripts, and the phone’s models come with it', async () => {
  const url = clients[0]?.url ?? '';
  const login = await (await fetch(`${url}/login`)).text();
  const script = /\/_next\/static\/[^"]+\.js/.exec(login)?.[0] ?? '';
  for (const path of [script, '/scan', '/scan.webmanifest', '/icons/icon-192.png', '/serwist/sw.js']) {
    expect((await fetch(url + path)).status, path).toBe(200);
  }
});

test('docker stop ends it at once, and nothing went wrong unseen', async () => {
  for (const server of servers) {
    expect(await server.stop()).toBe(0);
    expect(server.output()).toContain('Kith is ready');
    expect(server.output()).not.toMatch(/EACCES|EROFS|EPERM|"level":"error"/);
  }
});
