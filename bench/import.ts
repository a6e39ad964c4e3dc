/*
 * npm run bench:import [-- --rows=300 --behind=1000000 --delay=50]
 *
 * Measures the rows per second of an import in a server. The host takes `delay` ms for each picture; rows of a dead
 * host are in front of and between the others. The baseline of the same run is the recogniser alone on the same
 * pictures, from memory. Then measures the same with a million further rows waiting, and the memory.
 */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { importRows } from '@/db/schema';
import { ImportRun } from '@/lib/server/batches/ImportRun';
import { addRows, steerImport } from '@/lib/server/batches/store';
import { closeDatabase, database } from '@/lib/server/platform/database';
import { releaseDataDir } from '@/lib/server/platform/dataDir';
import { getRecogniser } from '@/lib/server/vision/getRecogniser';
import { PHOTOS, readPhoto } from '../e2e/fixtures/photos';
import { printLine } from './lib/printLine';
import { RecogniserAlone } from './lib/recogniserAlone';

/** One in this many rows belongs to the host that does not respond. */
const DEAD_EVERY = 20;
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '300' },
    behind: { type: 'string', default: '1000000' },
    delay: { type: 'string', default: '50' },
  },
});
const rows = Number(values.rows);
const jpegs = await Promise.all(
  [PHOTOS.franck[0], PHOTOS.franck[1], PHOTOS.obama[0], PHOTOS.audrey[1]].map((photo) => readPhoto(photo)),
);

const host = createServer(async (request, response) => {
  await sleep(Number(values.delay));
  response.writeHead(200, { 'Content-Type': 'image/jpeg' }).end(jpegs[Number(request.url?.slice(1)) % jpegs.length]);
});
const deadHost = createServer(() => undefined);
const addresses: string[] = [];
for (const server of [host, deadHost]) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  addresses.push(`127.0.0.1:${(server.address() as AddressInfo).port}`);
}
process.env.FETCH_ALLOW = addresses.join(',');
process.env.LOG_LEVEL = 'warn';
process.env.DATA_DIR = await mkdtemp(join(tmpdir(), 'kith-import-'));

const alone = await RecogniserAlone.load();
await alone.rate(jpegs, 2);
/**
 * Pictures per second of the recogniser alone. Measured before and after each import, because the machine's speed
 * varies.
 */
const aloneRate = () => alone.rate(jpegs, Math.ceil(rows / 2 / jpegs.length));

const db = await database();
await (await getRecogniser()).analyse({
  bitmap: { data: new Uint8Array(3 * 64 * 64), width: 64, height: 64 },
  encode: true,
});
await measure(db, { behind: 0 });
await measure(db, { behind: Number(values.behind) });
await closeDatabase();
await releaseDataDir();
await alone.close();
await (await getRecogniser()).close();
await rm(process.env.DATA_DIR, { recursive: true, force: true });
process.exit(0);

async function measure(db: Database, { behind }: { behind: number }): Promise<void> {
  const importId = await addRows(db, {
    name: 'bench',
    start: true,
    rows: Array.from({ length: rows }, (_, i) => ({
      source: `http://${addresses[i % DEAD_EVERY === 0 ? 1 : 0]}/${i}`,
      attributes: { user_id: `${behind}-${i}` },
    })),
  });
  if (behind > 0) {
    await db.execute(sql`
      insert into ${importRows} (import_id, row, source, attributes)
      select ${importId}, ${rows} + n, 'http://' || ${addresses[0]}::text || '/' || n, '{}'
      from generate_series(1, ${behind}) as n`);
  }
  const baselineBefore = await aloneRate();
  const before = process.memoryUsage().rss;
  const living = rows - Math.ceil(rows / DEAD_EVERY);
  const started = performance.now();
  let done = 0;
  const run = new ImportRun({
    db,
    lookingAtOnce: (await getRecogniser()).stats().threads + 2,
    isOver: () => done >= living,
  });
  const rowsOf = (condition: SQL) => db.$count(importRows, sql`import_id = ${importId} and ${condition}`);
  // Rows of the working host also count if they failed or were duplicates. They are counted by status, which has an
  // index.
  const ended = () => rowsOf(sql`status in ('enrolled', 'duplicate', 'failed') and host <> ${addresses[1]}`);
  const counting = setInterval(async () => {
    done = await ended();
  }, 250);
  const finished = run.run();
  while (done < living) await sleep(20);
  const seconds = (performance.now() - started) / 1000;
  clearInterval(counting);
  const grown = process.memoryUsage().rss - before;
  await steerImport(db, importId, 'cancel');
  deadHost.closeAllConnections();
  await finished;
  const baseline = (baselineBefore + (await aloneRate())) / 2;
  printLine({
    rows_done: done,
    rows_enrolled: await rowsOf(sql`status = 'enrolled'`),
    rows_behind: behind,
    per_second: done / seconds,
    memory_grown_mb: grown / 1e6,
    baseline: 'recogniser alone, pictures in memory',
    baseline_per_second: baseline,
    ratio: done / seconds / baseline,
  });
}
