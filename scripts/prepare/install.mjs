import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun, ROOT, step } from './step.mjs';

/**
 * Installs the packages of package-lock.json, unless exactly these are installed.
 * @param {{ forBuild?: boolean }} [options] `forBuild`: also the packages that only a build needs. Default: true
 */
export async function ensureInstalled({ forBuild = true } = {}) {
  const wanted = await packages('package-lock.json');
  const present = await packages('node_modules/.package-lock.json');
  if (wanted && present && hasAll(wanted, present, { forBuild })) return;
  // With NODE_ENV=production, npm would omit packages that the build needs.
  await step('Installing packages (npm ci)', () => mustRun('npm', ['ci', '--include=dev', '--no-audit', '--no-fund']));
}

/**
 * Returns whether all wanted packages are present. npm writes the list of installed packages to
 * node_modules/.package-lock.json at the end, so an interrupted install has no such file. Packages for other platforms
 * are in the lockfile only.
 * @param {Packages} wanted
 * @param {Packages} present
 * @param {{ forBuild: boolean }} options
 */
export function hasAll(wanted, present, { forBuild }) {
  return Object.entries(wanted).every(
    ([path, { version, dev, optional, devOptional, link }]) =>
      !path.startsWith('node_modules/') ||
      (dev && !forBuild) ||
      optional ||
      devOptional ||
      link ||
      present[path]?.version === version,
  );
}

/**
 * Packages of a lockfile, by their folders.
 * @typedef {Record<string, { version?: string, dev?: boolean, optional?: boolean, devOptional?: boolean, link?: boolean }>} Packages
 */

/**
 * @param {string} path
 * @returns {Promise<Packages | undefined>}
 */
async function packages(path) {
  try {
    return JSON.parse(await readFile(join(ROOT, path), 'utf8')).packages;
  } catch {
    // If the file is missing or truncated, the packages have to be installed.
    return undefined;
  }
}
