import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './step.mjs';

/** All sources of a build. The list does not come from git, so that it also works in an unpacked archive. */
const SOURCES = [
  'app',
  'db',
  'drizzle',
  'lib',
  'public',
  'sdk/src',
  'instrumentation.ts',
  'instrumentation-client.ts',
  'proxy.ts',
  'models/browser.json',
  'models/manifest.json',
  'next.config.mjs',
  'postcss.config.mjs',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.base.json',
];

/** Returns a hash of the names and contents of all source files, and of the Node.js version. */
export async function sourceHash() {
  const hash = createHash('sha256').update(process.versions.node);
  for (const source of SOURCES) await addPath(hash, source);
  return hash.digest('hex');
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} path
 */
async function addPath(hash, path) {
  let entries;
  try {
    entries = await readdir(join(ROOT, path), { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOENT') return;
    if (error.code !== 'ENOTDIR') throw error;
    hash.update(`\0${path}\0`).update(await readFile(join(ROOT, path)));
    return;
  }
  const names = entries
    .filter((entry) => !/\.test\.\w+$/.test(entry.name))
    .map((entry) => entry.name)
    .sort();
  for (const name of names) await addPath(hash, `${path}/${name}`);
}
