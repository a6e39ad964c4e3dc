import { execFile } from 'node:child_process';
import { access, constants, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import type { Env } from '@/lib/server/platform/env';
import { MODEL_NAMES, readModel } from '@/lib/server/vision/models';
import { modelsFolder } from '../loadRecogniser';
import { type Finding, note, ok, problem, reasonOf } from './finding';

/** The oldest Node.js that `engines` in package.json allows. */
const OLDEST_NODE = [20, 9] as const;
/** Free bytes below which a disk counts as nearly full. */
const LEAST_SPACE = 1e9;

/** The Node.js to install: its newest version with long-term support. */
const RECOMMENDED_NODE = 24;
/** The last day with security fixes, by major version (https://github.com/nodejs/release#release-schedule). */
const END_OF_LIFE: Readonly<Record<number, string>> = {
  20: '2026-04-30',
  21: '2024-06-01',
  22: '2027-04-30',
  23: '2025-06-01',
  24: '2028-04-30',
  25: '2026-06-01',
};

/** Checks that this Node.js is new enough, and still gets security fixes on the given day. */
export function checkNode(version = process.versions.node, now = new Date()): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  const advice = `Install Node.js ${RECOMMENDED_NODE}: https://nodejs.org`;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
    return problem('Node.js', `${version}; Kith needs ${OLDEST_NODE.join('.')} or newer`, advice);
  }
  const end = END_OF_LIFE[major];
  if (end === undefined || now.toISOString().slice(0, 10) <= end) return ok('Node.js', version);
  return note('Node.js', `${version} is past its end of life (${end}): it gets no security fixes`, advice);
}

/** Checks that every model exists and has the hash of the build. */
export async function checkModels(): Promise<Finding> {
  try {
    const folder = modelsFolder();
    for (const name of MODEL_NAMES) await readModel(folder, name);
    return ok('models', `detector, mesh and encoder have the hashes they were built with (${folder})`);
  } catch (error) {
    return problem('models', reasonOf(error), 'In the clone run: npm run models. Of a package: install it again.');
  }
}

export async function checkFfmpeg(): Promise<Finding> {
  try {
    const { stdout } = await promisify(execFile)('ffmpeg', ['-version']);
    return ok('ffmpeg', /^ffmpeg version (\S+)/.exec(stdout)?.[1] ?? 'there');
  } catch {
    return note('ffmpeg', 'not found', 'Only videos and cameras need it: apt install ffmpeg, brew install ffmpeg');
  }
}

/** Checks that DATA_DIR is writable and has free space. If it does not exist, its parent folder is checked. */
export async function checkDataDir({ DATA_DIR }: Env): Promise<Finding> {
  const folder = await nearestFolder(DATA_DIR);
  try {
    await access(folder, constants.W_OK);
  } catch {
    return problem(
      'DATA_DIR',
      `${DATA_DIR} cannot be written`,
      'Give this user the right to write there, or set DATA_DIR.',
    );
  }
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const shown = `${DATA_DIR}, ${(free / 1e9).toFixed(1)} GB free${folder === DATA_DIR ? '' : ' (made at the first start)'}`;
  return free < LEAST_SPACE
    ? problem('DATA_DIR', shown, 'Free space. A database on a full disk stops.')
    : ok('DATA_DIR', shown);
}

async function nearestFolder(path: string): Promise<string> {
  try {
    await access(path);
    return path;
  } catch {
    return dirname(path) === path ? path : nearestFolder(dirname(path));
  }
}

/** Checks that the port is free, or used by Kith itself. */
export async function checkPort({ PORT }: Env): Promise<Finding> {
  const what = `port ${PORT}`;
  const error = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    const probe = createServer();
    probe.once('error', resolve);
    probe.listen(PORT, () => probe.close(() => resolve(null)));
  });
  if (error === null) return ok(what, 'free: a server can start here');
  if (error.code !== 'EADDRINUSE') return problem(what, reasonOf(error), 'Set another PORT.');
  const isKith = await fetch(`http://127.0.0.1:${PORT}/api/health`, { signal: AbortSignal.timeout(3_000) })
    .then(({ ok }) => ok)
    .catch(() => false);
  return isKith
    ? ok(what, 'a Kith server runs here')
    : problem(what, 'used by another program', 'Stop it, or set PORT.');
}
