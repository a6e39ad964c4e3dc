import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeFeedPage, FEED_MEDIA_TYPE, type LocalGallery, type NewEvent } from '@kith/sdk';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { people, samples } from '@/db/schema';
import { settingsAnswer } from '@/lib/server/access/devices/answers';
import { requireDevice } from '@/lib/server/access/devices/authenticateDevice';
import { sharedSettings } from '@/lib/server/access/devices/sharedSettings';
import { createDevice, noteContact, pairDevice, revokeDevice } from '@/lib/server/access/devices/store';
import { createKey } from '@/lib/server/access/keys/store';
import { listEvents } from '@/lib/server/events/listEvents';
import { recordReported } from '@/lib/server/events/recordReported';
import { beginLineage } from '@/lib/server/feed/beginLineage';
import { readFeed } from '@/lib/server/feed/readFeed';
import { binary } from '@/lib/server/http/answer';
import { type RouteHandler, route } from '@/lib/server/http/route';
import { createSample } from '@/lib/server/people/samples/store';
import { createPerson, deletePerson } from '@/lib/server/people/store';
import { closeDatabase, database } from '@/lib/server/platform/database';
import { contactDevice } from '@/lib/shared/contract/devices';
import { recordEvents } from '@/lib/shared/contract/events';
import { syncFaces } from '@/lib/shared/contract/feed';
import { type EncodedFace, MODEL_ID } from '@/lib/shared/vision/types';
import { FaceFollower } from '../video/FaceFollower';
import { Presence, type PresenceEvent } from '../video/Presence';
import { reportOf } from '../video/reportOf';
import { ServerLink } from './ServerLink';

// Each test uses a database with all migrations. That is slow on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

/** The server's calls that a camera uses, over HTTP, with a real database. */
const ROUTES: Record<string, RouteHandler> = {
  '/api/events': route(recordEvents, ({ body, principal }) => recordReported(body, principal)),
  '/faces/sync': route(syncFaces, async ({ query }) => {
    const { last_updated_at: after, limit, lineage, verify } = query;
    const page = await readFeed(await database(), { after, limit, lineage, verify: verify !== undefined });
    return binary(await encodeFeedPage(page), { type: FEED_MEDIA_TYPE });
  }),
  '/api/devices/contact': route(contactDevice, async ({ body, principal }) => {
    const { gallery_version: galleryVersion, gallery_faces: galleryFaces, waiting_events: waitingEvents } = body;
    const told = { galleryVersion, galleryFaces, waitingEvents, outdated: false };
    const device = await noteContact(await database(), requireDevice(principal), told);
    return settingsAnswer(device, { ...(await sharedSettings()), groups: null, group_ids: null }, body.matching);
  }),
};

/** Simulated failures of the network. */
const network: { losesAnswers: boolean; proxy: number | null; refuses: string[] } = {
  losesAnswers: false,
  /** Status that a proxy, not Kith, returns for every call. */
  proxy: null,
  /** Fields of events that a server of an earlier version rejects. */
  refuses: [],
};
let server: Server | null = null;
let port = 0;
let directory: string;
let state: string;
let key: string;
const links: AbortController[] = [];
const opened: (() => Promise<void>)[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kith-link-'));
  vi.stubEnv('DATA_DIR', join(directory, 'data'));
  key = (await createKey(await database(), { name: 'Cameras', scopes: ['sync', 'events:write'] })).key;
});
afterAll(async () => {
  await closeDatabase();
  await rm(directory, { recursive: true });
});
beforeEach(async () => {
  state = await mkdtemp(join(directory, 'state-'));
  await listen();
});
afterEach(async () => {
  for (const controller of links.splice(0)) controller.abort();
  for (const stop of opened.splice(0)) await stop().catch(() => {});
  Object.assign(network, { losesAnswers: false, proxy: null, refuses: [] });
  await close();
});

async function listen(): Promise<void> {
  server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://kith.test');
    if (network.proxy !== null) {
      request.resume();
      response.writeHead(network.proxy, { 'Content-Type': 'text/html' });
      return void response.end('<html>The plain HTTP request was sent to HTTPS port</html>');
    }
    const handler = ROUTES[pathname];
    if (!handler) return void response.writeHead(404).end();
    const asked = await requestOf(request);
    const unknown = await unknownField(asked.clone());
    if (unknown) {
      response.writeHead(400, { 'Content-Type': 'application/json' });
      return void response.end(JSON.stringify(unknown));
    }
    const answer = await handler(asked, { params: Promise.resolve({}) });
    // The server has processed the call, but the camera gets no response.
    if (network.losesAnswers) return void request.socket.destroy();
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
}

/** Returns an earlier server's error for a field of an event that it does not know; null if it knows all of them. */
async function unknownField(request: Request) {
  if (!request.url.endsWith('/api/events')) return null;
  const { events } = (await request.json()) as { events: object[] };
  const field = network.refuses.find((name) => events.some((event) => name in event));
  return field ? { error_type: 2000, error_message: `events.0.${field} is not a field.`, request_id: 'r' } : null;
}

async function close(): Promise<void> {
  server?.closeAllConnections();
  server?.close();
  server = null;
}

async function requestOf(request: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]);
  const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {};
  return new Request(`http://127.0.0.1:${port}${request.url}`, { method: request.method ?? 'GET', headers, ...body });
}

/** Starts a link with five contacts a second. */
async function start(options: { key?: string; name?: string; onGalleryChange?: () => void } = {}) {
  const controller = new AbortController();
  links.push(controller);
  const given = { server: `http://127.0.0.1:${port}`, key, name: 'Gate', state, contactSeconds: 0.2, retries: 0 };
  const link = await ServerLink.open({ ...given, ...options }, controller.signal);
  const running = link.run(controller.signal);
  running.catch(() => {});
  /** Stops the link as if the process had ended. */
  const stop = async () => {
    controller.abort();
    await running;
    await link.unlock();
  };
  opened.push(stop);
  return { link, running, stop };
}

const appearance = (ids: Partial<NewEvent> = {}): NewEvent => ({
  id: randomUUID(),
  at: new Date().toISOString(),
  trust: 90,
  liveness: 'off',
  ...ids,
});

const ENCODING = new Float32Array(128).fill(0.1);

async function enrol(name: string): Promise<{ faceId: number; personId: number }> {
  const { id: personId } = await createPerson(await database(), { name });
  const { faceId } = await createSample(await database(), {
    encoding: ENCODING,
    model: MODEL_ID,
    position: { top: 0, left: 0, bottom: 10, right: 10 },
    quality: { score: 1, size: 60, sharpness: 1, presence: 1, pose: { yaw: 0, pitch: 0, roll: 0 } },
    uniqueArgs: {},
    personId,
  });
  return { faceId, personId };
}

/** Returns which of these events the server has, by id. */
async function kept(events: NewEvent[]) {
  const ids = new Set(events.map(({ id }) => id));
  return (await listEvents(await database(), { limit: 200 })).events.filter(({ id }) => ids.has(id));
}

async function spooled(): Promise<string[]> {
  const [folder = ''] = await readdir(state);
  return readdir(join(state, folder, 'spool'));
}

const soon = { timeout: 60_000, interval: 50 };

test('what a camera reports arrives with its name, and who is enrolled or erased is known or not at the next contact', async () => {
  const onGalleryChange = vi.fn();
  const { link } = await start({ onGalleryChange });
  const stranger = appearance();
  await link.add(stranger);
  await expect.poll(() => kept([stranger]), soon).toMatchObject([{ source: 'Gate', device: null, person: null }]);

  const { faceId, personId } = await enrol('Ada');
  await expect.poll(() => link.gallery.size, soon).toBe(1);
  expect(onGalleryChange).toHaveBeenCalled();
  const ada = appearance({ face_id: faceId, person_id: personId });
  await link.add(ada);
  await expect.poll(() => kept([ada]), soon).toMatchObject([{ person: { name: 'Ada' } }]);

  await deletePerson(await database(), personId);
  await expect.poll(() => link.gallery.size, soon).toBe(0);
  // A recognition from a moment before.
  await link.add(appearance({ face_id: faceId, person_id: personId }));
  await expect.poll(spooled, soon).toEqual([]);
});

test('each appearance arrives once, over lost answers, an outage of the server and the end of the command', async () => {
  const events = Array.from({ length: 5 }, () => appearance());
  const [one, two, three, four, five] = events as [NewEvent, NewEvent, NewEvent, NewEvent, NewEvent];
  const first = await start();
  network.losesAnswers = true;
  await first.link.add(one);
  await first.link.add(two);
  await expect.poll(async () => (await kept(events)).length, soon).toBe(2);
  expect(await spooled()).toHaveLength(2);
  await close();
  await first.link.add(three);
  // The command ends without notice, as in a power cut.
  await first.stop();

  // It starts again while the server is unreachable, with the stored gallery.
  const second = await start();
  await second.link.add(four);
  expect(await spooled()).toHaveLength(4);
  network.losesAnswers = false;
  await listen();
  await second.link.add(five);
  await expect.poll(spooled, soon).toEqual([]);
  expect((await kept(events)).map(({ id }) => id).sort()).toEqual(events.map(({ id }) => id).sort());
});

/** Returns the camera's report of a face that is on two frames. */
function appearanceOf(encoding: Float32Array, gallery: LocalGallery): NewEvent {
  const follower = new FaceFollower({ gallery, minTrust: 50, every: 0.2 });
  const presence = new Presence({ patience: 3 });
  const position = { top: 10, left: 10, bottom: 90, right: 90 };
  const face = { position, encoding, quality: { score: 1 } } as unknown as EncodedFace;
  const [appeared] = [0, 0.2].flatMap((at) =>
    presence.update(
      follower.update([face], at).flatMap(({ seen }) => seen ?? []),
      at,
    ),
  );
  return reportOf(appeared as PresenceEvent, new Date());
}

test('who was enrolled after the backup that the server was put back to is reported, without a person', async () => {
  const { faceId, personId } = await enrol('Bob');
  const { link } = await start();
  expect(link.gallery.size).toBe(1);
  await close();
  const seen = appearanceOf(ENCODING, link.gallery);
  expect(seen).toMatchObject({ face_id: faceId, person_id: personId });
  await link.add(seen);
  const db = await database();
  await db.delete(samples).where(eq(samples.id, faceId));
  await db.delete(people).where(eq(people.id, personId));
  await beginLineage(db, { since: null });
  await listen();
  await expect.poll(spooled, soon).toEqual([]);
  expect(await kept([seen])).toMatchObject([{ face_id: faceId, person: null, source: 'Gate' }]);
});

test.each([[['lineage']], [['source', 'lineage']], [['source']]])(
  'a server without %j takes the rest',
  async (refuses) => {
    network.refuses = refuses;
    const { personId } = await enrol('Eve');
    const { link } = await start();
    const seen = appearanceOf(ENCODING, link.gallery);
    expect(seen.lineage).toBeDefined();
    await link.add(seen);
    await expect.poll(() => kept([seen]), soon).toMatchObject([{ person: { name: 'Eve' }, source: null }]);
    await deletePerson(await database(), personId);
  },
);

test.each([400, 403, 404])(
  'a %i that is not Kith’s keeps what waits, and ends no camera that has a gallery',
  async (status) => {
    const told = vi.spyOn(process.stderr, 'write');
    await (await start()).stop();
    network.proxy = status;
    const { link, running } = await start();
    const ended = vi.fn();
    running.finally(ended).catch(() => {});
    const seen = appearance();
    await link.add(seen);
    await expect.poll(() => told.mock.calls.join(), soon).toContain(`answered ${status}, and not as Kith`);
    expect(await spooled()).toEqual([expect.stringMatching(/\.json$/)]);
    network.proxy = null;
    await expect.poll(() => kept([seen]), soon).toMatchObject([{ source: 'Gate' }]);
    expect(ended).not.toHaveBeenCalled();
  },
);

test('without a gallery from earlier a 404 that is not Kith’s ends the command at its start', async () => {
  network.proxy = 404;
  await expect(start()).rejects.toMatchObject({ status: 404 });
});

test('one that the server cannot read is set aside, and the others arrive', async () => {
  const { link, stop } = await start();
  await stop();
  const [folder = ''] = await readdir(state);
  await writeFile(join(state, folder, 'spool', '1-x.json'), JSON.stringify({ ...appearance(), trust: 'high' }));
  const good = appearance();
  await link.add(good);
  await start();
  await expect.poll(async () => (await kept([good])).length, soon).toBe(1);
  await expect.poll(spooled, soon).toEqual(['1-x.json.refused']);
});

test('with the token of a device the events are the device’s, and once it is revoked everything is erased', async () => {
  const { pairingCode } = await createDevice(await database(), { name: 'Main gate', allowEnrolment: false });
  const { device, token } = await pairDevice(await database(), { pairingCode });
  const { link, running } = await start({ key: token });
  expect(link.settings).toMatchObject({ name: 'Main gate', matching: expect.any(Number) });
  const seen = appearance();
  await link.add(seen);
  await expect.poll(() => kept([seen]), soon).toMatchObject([{ source: null, device: { name: 'Main gate' } }]);
  await revokeDevice(await database(), device.id);
  await link.add(appearance());
  await expect(running).rejects.toThrow('This device was revoked');
  expect(await readdir(state)).toEqual([]);
});

test('two commands of one name at one server are refused: one would send what the other saw as its own', async () => {
  const { stop } = await start();
  const { pairingCode } = await createDevice(await database(), { name: 'Side gate', allowEnrolment: false });
  const { token } = await pairDevice(await database(), { pairingCode });
  await expect(start({ key: token })).rejects.toThrow(/Process \d+ already runs .* Give each its own --name\.$/);
  await start({ key: token, name: 'Side gate' });
  await stop();
  await start({ key: token });
});

test('a key that the server refuses ends the command at its start', async () => {
  await expect(start({ key: 'wrong' })).rejects.toMatchObject({ status: 401 });
  const { key: reader } = await createKey(await database(), { name: 'Reader', scopes: ['faces:read'] });
  await expect(start({ key: reader })).rejects.toMatchObject({ status: 403 });
});
