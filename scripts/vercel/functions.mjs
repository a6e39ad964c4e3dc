import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../prepare/step.mjs';
import { readTrace } from './traces.mjs';

/** @typedef {Map<string, number>} Files Paths from the project's folder, and their bytes. */

/**
 * @typedef {object} BuiltFunction A route as a function on Vercel.
 * @property {string} route as Next's build names it: `app/face/match/route`
 * @property {Files} files
 */

/** The build that functions are made of. */
const BUILD = '.next';

/**
 * The functions that Vercel makes of a build, by the rules of its builder for Next.js (github.com/vercel/vercel,
 * packages/next/src/server-build.ts): what a route's trace names, with what the traces of the server and of
 * instrumentation.ts name and the manifests that each server reads. It puts routes together into one function as long as
 * they fit; none is larger than all of them together.
 *
 * An ordinary build will do, which has the same traces: what Vercel has no use for is left out here as there.
 * @returns {Promise<BuiltFunction[]>}
 */
export async function readFunctions() {
  const { files: manifests } = JSON.parse(await readFile(join(ROOT, BUILD, 'required-server-files.json'), 'utf8'));
  const common = [
    ...manifests,
    ...(await tracedBy(join(BUILD, 'next-minimal-server.js'))),
    ...(await tracedBy(join(BUILD, 'server/instrumentation.js'))),
  ];
  const app = join(BUILD, 'server/app');
  const traces = (await readdir(join(ROOT, app), { recursive: true })).filter((path) => path.endsWith('.js.nft.json'));
  return Promise.all(
    traces.sort().map(async (trace) => {
      const name = trace.slice(0, -'.js.nft.json'.length);
      const script = join(app, `${name}.js`);
      return { route: `app/${name}`, files: await measure([script, ...common, ...(await tracedBy(script))]) };
    }),
  );
}

/**
 * The files of several functions together, each once.
 * @param {BuiltFunction[]} functions
 * @returns {Files}
 */
export const together = (functions) => new Map(functions.flatMap(({ files }) => [...files]));

/** @param {Files} files */
export const bytesOf = (files) => [...files.values()].reduce((sum, bytes) => sum + bytes, 0);

/** @param {string} script */
const tracedBy = async (script) => (await readTrace(join(ROOT, script))).map((path) => path.slice(ROOT.length));

/**
 * @param {string[]} paths
 * @returns {Promise<Files>}
 */
async function measure(paths) {
  /** @type {Files} */
  const files = new Map();
  for (const path of paths) {
    const bytes = await sizeOf(path);
    if (bytes !== undefined) files.set(path, bytes);
  }
  return files;
}

/** @type {Map<string, Promise<number | undefined>>} */
const sizes = new Map();

/**
 * The size of a file; nothing for a link, by which built code names its packages. Undefined for what is no file.
 * @param {string} path
 */
function sizeOf(path) {
  const known = sizes.get(path);
  if (known) return known;
  const size = lstat(join(ROOT, path)).then(
    (found) => (found.isSymbolicLink() ? 0 : found.isFile() ? found.size : undefined),
    () => undefined,
  );
  sizes.set(path, size);
  return size;
}
