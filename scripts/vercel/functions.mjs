import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../prepare/step.mjs';
import { readTrace } from './traces.mjs';

/** @typedef {Map<string, number>} Files Paths from the project's folder, and their bytes. */

/**
 * @typedef {object} BuiltFunction A route as a function on Vercel.
 * @property {string} route the name in Next's build: `app/face/match/route`
 * @property {Files} files
 */

/** The build that functions are made of. */
const BUILD = '.next';

/**
 * Returns the functions that Vercel makes of a build, by the rules of its builder for Next.js
 * (github.com/vercel/vercel, packages/next/src/server-build.ts). A function has the files of its route's trace, those
 * of the traces of the server and of instrumentation.ts, and the manifests that each server reads. The builder combines
 * routes into one function while they fit. No function is larger than all of them together.
 *
 * The build can be an ordinary one, because it has the same traces. Files that Vercel has no use for are omitted here,
 * as they are there.
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
 * Returns the files of several functions together, each file once.
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
 * Returns the size of a file. A link, which built code uses to name its packages, has size 0. Returns undefined if it
 * is not a file.
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
