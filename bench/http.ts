/*
 * npm run bench:http [-- --seconds=5 --samples=10000 --connections=1,2,8,32]
 *
 * Puts the production build under load (autocannon): /face/match, /face/detect, /face and /faces/sync with several
 * numbers of connections. Prints a line each with requests per second, latencies, the server's memory, and the ratio to
 * the baseline of the same run. The baseline is the recogniser called directly in this process, or /api/health for
 * /faces/sync. Then measures what HTTP, parsing and the database add to the vision time of a match. At the end, an
 * overload: 128 connections, and how soon a match succeeds afterwards.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { PHOTOS, readPhoto } from '../e2e/fixtures/photos';
import type { KithServer } from '../e2e/fixtures/server';
import { call, memoryOf, withServer } from './lib/benchServer';
import { load, pictureForm } from './lib/load';
import { percentile } from './lib/percentile';
import { printLine } from './lib/printLine';
import { RecogniserAlone } from './lib/recogniserAlone';

const OVERLOAD = 128;
const PAIRS = 60;
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    samples: { type: 'string', default: '10000' },
    connections: { type: 'string', default: '1,2,8,32' },
  },
});
const seconds = Number(values.seconds);
const connectionCounts = values.connections.split(',').map(Number);
const jpeg = await readPhoto(PHOTOS.franck[0]);
const body = pictureForm(jpeg);

const alone = await RecogniserAlone.load();
await alone.oneByOne(jpeg, 5);
await withServer({ samples: Number(values.samples) }, async (server) => {
  await added(server);
  const rate = await alone.rate([jpeg], 20 * seconds);
  printLine({ baseline: 'recogniser in process', per_second: rate });
  for (const path of ['/face/match', '/face/detect', '/face']) await underLoad(server, path, rate);
  await feedUnderLoad(server);
  await overload(server);
});
await alone.close();

/** Alternates with the recogniser alone, so that both run under the same conditions. */
async function added(server: KithServer): Promise<void> {
  const vision: number[] = [];
  const match: number[] = [];
  for (let i = 0; i < PAIRS; i++) {
    vision.push(await alone.once(jpeg));
    const started = performance.now();
    await call(server, '/face/match', body);
    match.push(performance.now() - started);
  }
  const [ofVision, ofMatch] = [percentile(vision, 50), percentile(match, 50)];
  printLine({
    measured: 'a match beside its vision',
    baseline: 'recogniser in process',
    vision_p50_ms: ofVision,
    match_p50_ms: ofMatch,
    added_ms: ofMatch - ofVision,
    ratio: ofMatch / ofVision,
  });
}

async function underLoad(server: KithServer, path: string, baseline: number): Promise<void> {
  for (const connections of connectionCounts) {
    const result = await load({ urls: [server.url], path, key: server.key, connections, seconds, body });
    await print(server, { path, connections }, result, { name: 'recogniser in process', perSecond: baseline });
  }
}

/** Measures a page of a thousand faces, and the most frequent request of devices: whether anything is new. */
async function feedUnderLoad(server: KithServer): Promise<void> {
  const last = await lastNumber(server);
  for (const connections of connectionCounts) {
    const common = { urls: [server.url], key: server.key, connections, seconds: Math.min(seconds, 3) };
    const health = await load({ ...common, path: '/api/health' });
    const named = { name: '/api/health', perSecond: health.perSecond };
    for (const [faces, query] of [
      [1_000, 'limit=1000'],
      [0, `last_updated_at=${last}`],
    ] as const) {
      const result = await load({ ...common, path: `/faces/sync?${query}` });
      await print(server, { path: '/faces/sync', faces, connections }, result, named);
    }
  }
}

async function lastNumber({ url, key }: KithServer): Promise<number> {
  for (let last = 0; ; ) {
    const response = await fetch(`${url}/faces/sync?limit=10000&last_updated_at=${last}`, {
      headers: { 'X-API-Key': key },
    });
    const page = (await response.json()) as { lastUpdatedAt: number; hasMore: boolean };
    last = page.lastUpdatedAt;
    if (!page.hasMore) return last;
  }
}

async function overload(server: KithServer): Promise<void> {
  const usual = await alone.oneByOne(jpeg, 5);
  const common = { urls: [server.url], path: '/face/match', key: server.key, seconds, body };
  const result = await load({ ...common, connections: OVERLOAD });
  // Admitted requests are still running; a client retries after Retry-After.
  await sleep(1_000);
  const started = performance.now();
  await call(server, '/face/match', body);
  printLine({
    measured: 'overload',
    path: '/face/match',
    connections: OVERLOAD,
    per_second: result.perSecond,
    answered: result.statuses['200'] ?? 0,
    refused: result.statuses['503'] ?? 0,
    others: Object.entries(result.statuses).reduce((sum, [key, n]) => sum + (/^(200|503)$/.test(key) ? 0 : n), 0),
    refused_p50_ms: result.refusedP50,
    match_after_it_ms: performance.now() - started,
    baseline: 'recogniser in process',
    ratio: (performance.now() - started) / usual,
    memory_mb: await memoryOf(server),
  });
}

async function print(
  server: KithServer,
  about: Record<string, string | number>,
  result: Awaited<ReturnType<typeof load>>,
  baseline: { name: string; perSecond: number },
): Promise<void> {
  const refused = Object.entries(result.statuses).reduce((sum, [key, n]) => sum + (key.startsWith('2') ? 0 : n), 0);
  printLine({
    ...about,
    per_second: result.perSecond,
    p50_ms: result.p50,
    p95_ms: result.p95,
    p99_ms: result.p99,
    refused,
    memory_mb: await memoryOf(server),
    baseline: baseline.name,
    ratio: result.perSecond / baseline.perSecond,
  });
}
