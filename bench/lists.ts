/*
 * npm run bench:lists [-- --people=100000 --database=pglite|postgres]
 *
 * Measures the database time of the console's lists, its search, the overview and the feed, on synthetic people with
 * three samples each (as from `npm run demo -- --people`). The audit log, the rows of an import and the deliveries of a
 * webhook have as many entries as there are people. Calls the same functions as the API, without HTTP. The baseline is
 * one sample read by its id in the same run. Prints a line per list.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connect, type Database } from '@/db/client';
import { startPostgresServer } from '@/db/testing/postgresServer';
import { fillDatabase } from '@/lib/server/demo/fillDatabase';
import { getSample } from '@/lib/server/people/samples/store';
import { tendTables } from '@/lib/server/start/tendTables';
import { consoleQueries } from '@/lib/server/testing/consoleQueries';
import { fillLogs } from '@/lib/server/testing/fillLogs';
import { percentile } from './lib/percentile';
import { printLine } from './lib/printLine';

const ROUNDS = 15;
const { values } = parseArgs({
  options: { people: { type: 'string', default: '100000' }, database: { type: 'string', default: 'pglite' } },
});

const folder = await mkdtemp(join(tmpdir(), 'kith-lists-'));
const server = values.database === 'postgres' ? await startPostgresServer() : null;
const { db, close } = await connect(server ? { url: server.url('postgres') } : { directory: join(folder, 'pg') });
try {
  const started = performance.now();
  await fillDatabase(db, { people: Number(values.people) });
  await fillLogs(db, { lines: Number(values.people) });
  const filled = performance.now();
  await tendTables(db);
  const about = { database: values.database, people: Number(values.people), samples: 3 * Number(values.people) };
  printLine({ ...about, fill_s: (filled - started) / 1000, analyze_s: (performance.now() - filled) / 1000 });
  await measure(db, about);
} finally {
  await close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
}

async function measure(db: Database, about: Record<string, string | number>): Promise<void> {
  const baseline = await times(() => getSample(db, 1000));
  printLine({ ...about, list: 'one sample by its id (baseline)', ...summary(baseline) });
  for (const { name, run } of await consoleQueries(db)) {
    const took = await times(() => run());
    printLine({
      ...about,
      list: name,
      ...summary(took),
      baseline: 'one sample by its id',
      ratio: percentile(took, 50) / percentile(baseline, 50),
    });
  }
}

async function times(run: () => Promise<unknown>): Promise<number[]> {
  const took: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const started = performance.now();
    await run();
    took.push(performance.now() - started);
  }
  // Drop the first one, which also reads from disk.
  return took.slice(1);
}

function summary(took: number[]): { p50_ms: number; p95_ms: number } {
  return { p50_ms: percentile(took, 50), p95_ms: percentile(took, 95) };
}
