/*
 * npm run bench:all [-- NAME…]
 *
 * Runs all benchmarks of speed and scale, or the named ones, one after the other, with the sizes quoted in
 * docs/performance.md. Stores their output in bench/results/ and regenerates plots and tables. Takes 45 minutes on an
 * idle machine of two cores; results of a busy machine are useless.
 */
import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** By name; `bench` is the script `npm run bench:…`. */
const RUNS: Record<string, { bench: string; args: string[] }> = {
  search: { bench: 'search', args: [] },
  catchup: { bench: 'catchup', args: [] },
  recall: { bench: 'recall', args: [] },
  start: { bench: 'start', args: [] },
  http: { bench: 'http', args: [] },
  import: { bench: 'import', args: ['--rows=200'] },
  nodes: { bench: 'nodes', args: [] },
  'lists-pglite': { bench: 'lists', args: [] },
  'lists-postgres': { bench: 'lists', args: ['--database=postgres'] },
  console: { bench: 'console', args: [] },
  scan: { bench: 'scan', args: [] },
  soak: { bench: 'soak', args: ['--matches=6000', '--changes=600'] },
};

const results = join(import.meta.dirname, 'results');
const named = process.argv.slice(2);
await mkdir(results, { recursive: true });
for (const name of named.length > 0 ? named : Object.keys(RUNS)) {
  const run = RUNS[name];
  if (!run) throw new Error(`Unknown benchmark ${name}; known are ${Object.keys(RUNS).join(', ')}`);
  console.log(`npm run bench:${run.bench} -- ${run.args.join(' ')}`);
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, `${run.bench}.ts`), ...run.args],
    { encoding: 'utf8', maxBuffer: 1e8, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (status !== 0) throw new Error(`bench:${run.bench} exited with status ${status}`);
  // Other output comes from a build that runs first.
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
  await writeFile(join(results, `${name}.jsonl`), `${lines.join('\n')}\n`);
  console.log(lines.join('\n'));
}
await import('./plots');
await import('./tables');
