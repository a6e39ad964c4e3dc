/*
 * npm run bench:scan [-- --minutes=10 --faces=10000,100000]
 *
 * The phone's page in Chromium with a fake camera, against the built server on this machine: how long a gallery takes
 * to arrive and how many bytes a face costs, frames a second with one face and with three beside face-api's default
 * pipeline on the same films, how soon a name stands after a face appears, how long a cold start without the server
 * takes to the first name, how long the page was ever blocked, and whether memory grows. One line of JSON each.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright';
import { createDevice } from '@/lib/contract/devices';
import { enrolFace } from '@/lib/contract/faces';
import { Client } from '../e2e/fixtures/client';
import type { Film } from '../e2e/fixtures/films';
import { freePort } from '../e2e/fixtures/freePort';
import globalSetup from '../e2e/fixtures/globalSetup';
import { PHOTOS, photoDataUrl } from '../e2e/fixtures/photos';
import { type KithServer, startServer } from '../e2e/fixtures/server';
import { Phone } from '../e2e/scan/phone';
import { faceApiDefault } from './lib/faceApiDefault';
import { percentile } from './lib/percentile';
import { seedDatabase } from './lib/seedDatabase';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '1' }, faces: { type: 'string', default: '10000,100000' } },
});
const SIZES = values.faces.split(',').map(Number);
const MINUTES = Number(values.minutes);
const FRAME_SECONDS = 10;

await globalSetup();
for (const [i, size] of SIZES.entries()) await withServer(size, (server) => measure(server, size, i === 0));
process.exit(0);

async function measure(server: KithServer, size: number, everything: boolean): Promise<void> {
  const client = new Client(server.url, server.key);
  await client.call(enrolFace, {
    fields: {
      image_url: await photoDataUrl(PHOTOS.franck[0]),
      unique_args: { user_id: 'franck', user_name: 'Franck' },
    },
  });
  const phone = await Phone.open({ film: 'franck' });
  await arrival(phone, await pairingUrl(client), size);
  if (!everything) return phone.close();
  await phone.recognises('Franck');
  await phone.isReadyForOffline();
  await pace(phone, 'franck');
  for (const film of ['three', 'appearing'] as const) {
    await phone.restart({ film });
    await phone.page.goto(`${server.url}/scan`);
    if (film === 'three') await pace(phone, film);
    else await timeToName(phone);
  }
  await server.kill();
  await phone.restart({ film: 'franck' });
  await coldStart(phone, `${server.url}/scan`, size);
  await memory(phone);
  await phone.close();
}

/** From the tap on the pairing link to the whole gallery being kept, and what a face cost on the wire. */
async function arrival(phone: Phone, url: string, size: number): Promise<void> {
  const session = await phone.context.newCDPSession(phone.page);
  await session.send('Network.enable');
  const feed = { bytes: 0, requests: 0 };
  phone.context.on('requestfinished', async (request) => {
    if (!request.url().includes('/faces/sync')) return;
    feed.requests += 1;
    const length = Number((await request.response())?.headers()['content-length'] ?? 0);
    feed.bytes += length || (await request.sizes()).responseBodySize;
  });
  await phone.page.goto(url);
  const seconds = await phone.page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let began: number | null = null;
        const timer = setInterval(() => {
          const { sync, phase } = window.kithScan?.state ?? {};
          if (phase === 'paired') began ??= performance.now();
          if (began !== null && sync?.succeededAt) {
            clearInterval(timer);
            resolve((performance.now() - began) / 1000);
          }
        }, 5);
      }),
  );
  await phone.page.waitForFunction((wanted) => (window.kithScan?.state.gallery?.faces ?? 0) >= wanted, size, {
    timeout: 120_000,
  });
  print({ measured: 'gallery arrives', faces: size, seconds, bytes_per_face: feed.bytes / size, pages: feed.requests });
}

/** Frames a second, and the longest the page was blocked meanwhile, beside face-api on the same film. */
async function pace(phone: Phone, film: Film): Promise<void> {
  await phone.isWarm();
  const { fps, blocked, faces } = await phone.page.evaluate(
    (seconds) =>
      new Promise<{ fps: number; blocked: number; faces: number }>((resolve) => {
        let blocked = 0;
        const observer = new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) blocked = Math.max(blocked, duration);
        });
        observer.observe({ type: 'longtask' });
        const at: number[] = [];
        let faces = 0;
        const stop = window.kithScan?.onFrame((report) => {
          at.push(report.at);
          faces += report.faces.length;
        });
        setTimeout(() => {
          stop?.();
          observer.disconnect();
          const elapsed = (at.at(-1) ?? 0) - (at[0] ?? 0);
          resolve({ fps: ((at.length - 1) * 1000) / elapsed, blocked, faces: faces / at.length });
        }, seconds * 1000);
      }),
    FRAME_SECONDS,
  );
  await phone.page.goto('about:blank');
  const theirs = await faceApiDefault(phone.context, FRAME_SECONDS);
  print({
    measured: 'frames a second',
    film,
    faces_followed: faces,
    fps,
    face_api_fps: theirs,
    times: fps / theirs,
    longest_block_ms: blocked,
  });
}

/** From the first frame with a face in it to the name on the screen, each time he appears. */
async function timeToName(phone: Phone): Promise<void> {
  await phone.isWarm();
  const times = await phone.page.evaluate(
    (seconds) =>
      new Promise<number[]>((resolve) => {
        const times: number[] = [];
        let appeared: number | null = null;
        let named = false;
        const stop = window.kithScan?.onFrame(({ faces, timing }) => {
          const now = performance.now();
          if (faces.length === 0) {
            appeared = null;
            named = false;
            return;
          }
          appeared ??= now - timing.total;
          if (!named && faces.some(({ label }) => label.kind === 'known')) {
            named = true;
            times.push(now - appeared);
          }
        });
        setTimeout(() => {
          stop?.();
          resolve(times);
        }, seconds * 1000);
      }),
    3 * FRAME_SECONDS,
  );
  print({
    measured: 'from a face appearing to its name',
    times: times.length,
    p50_ms: percentile(times, 50),
    worst_ms: Math.max(...times),
  });
}

/** The browser has just been started and the server is gone. */
async function coldStart(phone: Phone, url: string, size: number): Promise<void> {
  await phone.page.addInitScript(() => {
    const timer = setInterval(() => {
      if (!document.querySelector('[data-testid=recognition]')?.textContent) return;
      clearInterval(timer);
      Object.assign(window, { firstName: performance.now() });
    }, 5);
  });
  await phone.page.goto(url);
  await phone.recognises('Franck');
  const milliseconds = await phone.page.evaluate(() => (window as unknown as { firstName: number }).firstName);
  print({ measured: 'cold start without the server to the first name', faces: size, seconds: milliseconds / 1000 });
}

/** Resident memory of the page's process (with its workers), as the system counts it. Linux only. */
async function memory(phone: Phone): Promise<void> {
  const samples: number[] = [];
  for (let i = 0; i <= MINUTES * 6; i++) {
    const bytes = await rendererMemory(phone.page);
    if (bytes === null) return print({ measured: 'memory', note: 'only measured on Linux' });
    samples.push(bytes / 1e6);
    if (i < MINUTES * 6) await phone.page.waitForTimeout(10_000);
  }
  // The first half minute still fills caches.
  const settled = samples.slice(Math.min(3, samples.length - 1));
  print({
    measured: 'memory',
    minutes: MINUTES,
    first_mb: settled[0] ?? null,
    last_mb: settled.at(-1) ?? null,
    least_mb: Math.min(...settled),
    most_mb: Math.max(...settled),
  });
}

async function rendererMemory(page: Page): Promise<number | null> {
  const browser = await page.context().browser()?.newBrowserCDPSession();
  const session = browser ?? (await page.context().newCDPSession(page));
  const { processInfo } = (await session.send('SystemInfo.getProcessInfo').catch(() => ({ processInfo: [] }))) as {
    processInfo: { type: string; id: number }[];
  };
  const sizes = await Promise.all(
    processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => residentBytes(id)),
  );
  return sizes.length > 0 ? Math.max(...sizes) : null;
}

async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024;
}

async function pairingUrl(client: Client): Promise<string> {
  const { body } = await client.call(createDevice, { fields: { name: 'Bench' } });
  return String(body.pairing_url);
}

async function withServer(size: number, work: (server: KithServer) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'kith-bench-'));
  await seedDatabase(join(dataDir, 'pg'), size);
  const server = await startServer({ dataDir, port: await freePort() });
  try {
    await work(server);
  } finally {
    await server.kill();
    await rm(dataDir, { recursive: true, force: true });
  }
}

function print(result: Record<string, unknown>): void {
  const rounded = Object.entries(result).map(([name, value]) => [
    name,
    typeof value === 'number' ? Number(value.toPrecision(3)) : value,
  ]);
  console.log(JSON.stringify(Object.fromEntries(rounded)));
}
