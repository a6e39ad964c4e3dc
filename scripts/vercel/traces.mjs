import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';

/**
 * Whether a function on Vercel may need a file. The embedded database it never does: without a disk that stays it does not
 * start on one (lib/server/start/vercelLimits.ts).
 * @param {string} path
 */
const isForVercel = (path) => !path.includes('node_modules/@electric-sql/');

/**
 * What a built script reads besides itself, by the trace that Next puts beside it, without what Vercel has no use for.
 * @param {string} script its path from the project's folder, or absolute
 * @returns {Promise<string[]>} paths of the same kind
 */
export async function readTrace(script) {
  /** @type {{ files: string[] }} */
  const { files } = JSON.parse(await readFile(`${script}.nft.json`, 'utf8'));
  return files.map((file) => normalize(join(dirname(script), file))).filter(isForVercel);
}

/**
 * Takes what Vercel has no use for out of all traces of a build. Next's own `outputFileTracingExcludes` does so for
 * routes, but not for instrumentation.ts, whose files are in every function.
 * @param {string} distDir the build's folder
 */
export async function trimTraces(distDir) {
  const server = join(distDir, 'server');
  for (const path of await readdir(server, { recursive: true })) {
    if (!path.endsWith('.nft.json')) continue;
    const file = join(server, path);
    const trace = JSON.parse(await readFile(file, 'utf8'));
    await writeFile(file, JSON.stringify({ ...trace, files: trace.files.filter(isForVercel) }));
  }
}
