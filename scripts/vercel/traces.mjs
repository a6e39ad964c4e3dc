import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';

/**
 * Returns whether a function on Vercel may need a file. It never needs the embedded database, which does not start
 * without a permanent disk (lib/server/start/vercelLimits.ts).
 * @param {string} path
 */
const isForVercel = (path) => !path.includes('node_modules/@electric-sql/');

/**
 * Returns the files that a built script reads besides itself, without those that Vercel has no use for. They come from
 * the trace that Next writes next to the script.
 * @param {string} script its path from the project's folder, or absolute
 * @returns {Promise<string[]>} paths, relative or absolute like `script`
 */
export async function readTrace(script) {
  /** @type {{ files: string[] }} */
  const { files } = JSON.parse(await readFile(`${script}.nft.json`, 'utf8'));
  return files.map((file) => normalize(join(dirname(script), file))).filter(isForVercel);
}

/**
 * Removes the files that Vercel has no use for from all traces of a build. Next's own `outputFileTracingExcludes` does
 * so for routes, but not for instrumentation.ts, whose files are in every function.
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
