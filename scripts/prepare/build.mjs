import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { trimTraces } from '../vercel/traces.mjs';
import { hintCompilation } from './compileHints.mjs';
import { sourceHash } from './sourceHash.mjs';
import { ROOT, runModule, StepError, step } from './step.mjs';
import { forEverybody } from './umask.mjs';

/** Builds the application if its source has changed since the last build. */
export const ensureBuilt = () => forEverybody(build);

const folder = join(ROOT, process.env.NEXT_DIST_DIR ?? '.next');
/** Contains the hash of the last build's source. */
const stamp = join(folder, 'kith-source-hash');

/** Returns whether the last build is of the current source. */
export const isBuilt = async () => isBuiltOf(await sourceHash());

/** @param {string} hash of the source */
const isBuiltOf = async (hash) => (await readFile(stamp, 'utf8').catch(() => '')) === hash;

async function build() {
  const hash = await sourceHash();
  if (await isBuiltOf(hash)) return;
  await step('Building (next build)', async () => {
    const code = await runModule('next/dist/bin/next', ['build'], { env: { NEXT_TELEMETRY_DISABLED: '1' } });
    if (code !== 0) throw new StepError('The build failed; what is wrong stands above.');
    await hintCompilation(folder);
    if (process.env.VERCEL) await trimTraces(folder);
    await writeFile(stamp, hash);
  });
}
