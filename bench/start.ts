/*
 * npm run bench:start [-- --times=5 --samples=10000]
 *
 * Measures the time from `npm start` of a build to its ready line, on an existing database, and the first match next to
 * later ones. Prints a line with medians. The baselines of the same run are the start and exit of Node.js, and the
 * later matches.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort } from '../e2e/fixtures/freePort';
import globalSetup from '../e2e/fixtures/globalSetup';
import { PHOTOS, readPhoto } from '../e2e/fixtures/photos';
import { call, fill } from './lib/benchServer';
import { pictureForm } from './lib/load';
import { percentile } from './lib/percentile';
import { printLine } from './lib/printLine';

const KEY = 'bench-start-key';
const LATER = 20;
const { values } = parseArgs({
  options: { times: { type: 'string', default: '5' }, samples: { type: 'string', default: '10000' } },
});
const picture = pictureForm(await readPhoto(PHOTOS.franck[0]));

await globalSetup();
const dataDir = await mkdtemp(join(tmpdir(), 'kith-start-'));
try {
  await fill({ directory: join(dataDir, 'pg') }, Number(values.samples));
  const [ready, first, later, node]: number[][] = [[], [], [], []];
  for (let i = 0; i < Number(values.times); i++) {
    node?.push(await nodeAlone());
    const port = await freePort();
    const started = performance.now();
    const server = spawn('npm', ['start', '--', '--port', String(port), '--hostname', '127.0.0.1'], {
      env: { ...process.env, DATA_DIR: dataDir, API_KEY: KEY, LOG_LEVEL: 'warn' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await isReady(server);
    ready?.push(performance.now() - started);
    first?.push(await match(port));
    for (let n = 0; n < LATER; n++) later?.push(await match(port));
    server.kill('SIGTERM');
    await once(server, 'exit');
  }
  const p50 = (times: number[] | undefined) => percentile(times ?? [], 50);
  printLine({
    measured: 'start',
    samples: Number(values.samples),
    ready_p50_ms: p50(ready),
    ready_most_ms: Math.max(...(ready ?? [])),
    baseline: 'node --eval 0',
    baseline_ms: p50(node),
    ratio: p50(ready) / p50(node),
  });
  printLine({
    measured: 'first match',
    first_p50_ms: p50(first),
    first_most_ms: Math.max(...(first ?? [])),
    baseline: 'later matches',
    baseline_ms: p50(later),
    more_ms: p50(first) - p50(later),
    ratio: p50(first) / p50(later),
  });
} finally {
  await rm(dataDir, { recursive: true, force: true });
}

async function nodeAlone(): Promise<number> {
  const started = performance.now();
  await once(spawn(process.execPath, ['--eval', '0']), 'exit');
  return performance.now() - started;
}

async function isReady(server: ChildProcess): Promise<void> {
  let output = '';
  for await (const chunk of server.stdout ?? []) {
    output += chunk;
    if (output.includes('Kith is ready')) {
      // Drain the pipe: a full one would stop the server.
      server.stdout?.resume();
      return;
    }
  }
  throw new Error(`the server exited:\n${output}`);
}

async function match(port: number): Promise<number> {
  const started = performance.now();
  await call({ url: `http://127.0.0.1:${port}`, key: KEY }, '/face/match', picture);
  return performance.now() - started;
}
