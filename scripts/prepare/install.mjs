import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun, ROOT, step } from './step.mjs';

/** Installs the packages of package-lock.json unless exactly those are there. */
export async function ensureInstalled() {
  if (await isInstalled()) return;
  await step('Installing packages (npm ci)', () => mustRun('npm', ['ci', '--no-audit', '--no-fund']));
}

/**
 * npm leaves a copy of what it installed in node_modules/.package-lock.json, written last: an install that was
 * interrupted has none. Packages for other platforms are in the one and not in the other.
 */
async function isInstalled() {
  const wanted = await packages('package-lock.json');
  const present = await packages('node_modules/.package-lock.json');
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional, link }]) =>
      path === '' || !path.startsWith('node_modules/') || optional || link || present[path]?.version === version,
  );
}

/**
 * @param {string} path
 * @returns {Promise<Record<string, {version?: string, optional?: boolean, link?: boolean}> | undefined>}
 */
async function packages(path) {
  try {
    return JSON.parse(await readFile(join(ROOT, path), 'utf8')).packages;
  } catch {
    // Not there or cut short: either way it has to be installed.
    return undefined;
  }
}
