import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Env } from '@/lib/server/platform/env';
import { describeOpenPaths, findOpenPaths } from '@/lib/server/platform/privateFolder';
import { type FileKind, kindOfFile } from '@/lib/server/transfer/kindOfFile';
import { type Finding, ok, problem } from './finding';

/** Names of files that Kith writes. */
const KEPT = /\.(gz|tgz|kith|zip)$/i;
/** Files that Next.js reads settings from. */
const SETTINGS = /^\.env(\.(local|production|production\.local))?$/;
/** A line with a secret setting and its value. */
const SECRET = /^(?:export +)?(AUTH_SECRET|ADMIN_PASSWORD|API_KEY|CRON_SECRET|DATABASE_URL) *= *["']?[^ "'#]/;

const KINDS: Readonly<Record<FileKind, string>> = {
  backup: 'a backup, which has everything',
  export: 'an export, which identifies people',
  gallery: 'a gallery, which identifies people',
};

/**
 * Checks whether other users can read data about people: DATA_DIR, the gallery, and backups, exports and secrets beside
 * them. Checks nothing on Windows, which has no modes.
 * @param gallery the file that KITH_GALLERY names
 */
export async function checkPermissions({ DATA_DIR }: Env, gallery?: string): Promise<Finding[]> {
  if (process.platform === 'win32') return [];
  const findings = existsSync(DATA_DIR) ? checkFolder(DATA_DIR) : [];
  for (const folder of new Set([dirname(DATA_DIR), process.cwd()])) {
    for (const name of namesIn(folder).sort()) findings.push(...(await checkFile(join(folder, name), name)));
  }
  if (gallery !== undefined) {
    for (const path of [gallery, `${gallery}.new`]) findings.push(...checkGallery(resolve(path)));
  }
  const seen = new Map(findings.map((finding) => [finding.is, finding]));
  return seen.size > 0
    ? [...seen.values()]
    : [ok('permissions', 'only this user can read DATA_DIR, and the backups, galleries and settings beside it')];
}

function checkFolder(dataDir: string): Finding[] {
  const found = findOpenPaths(dataDir);
  if (found.length === 0) return [];
  const is = `other users have access to DATA_DIR ${dataDir}: ${describeOpenPaths(found)}`;
  return [problem('permissions', is, `The next start repairs what this user owns; now: chmod -R go= ${dataDir}`)];
}

async function checkFile(path: string, name: string): Promise<Finding[]> {
  if (!isOpen(path)) return [];
  if (SETTINGS.test(name) && hasSecrets(path)) return [tooOpen(path, 'secrets')];
  const kind = KEPT.test(name) ? await kindOfFile(path) : null;
  return kind === null ? [] : [tooOpen(path, KINDS[kind])];
}

const checkGallery = (path: string): Finding[] => (isOpen(path) ? [tooOpen(path, KINDS.gallery)] : []);

const tooOpen = (path: string, what: string): Finding =>
  problem('permissions', `other users can read ${path} (${what})`, `chmod 600 ${path}`);

/** Returns whether other users have any right on the file. */
function isOpen(path: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat?.isFile() === true && (stat.mode & 0o077) !== 0;
}

function hasSecrets(path: string): boolean {
  try {
    const lines = readFileSync(path, 'utf8').split('\n');
    return lines.some((line) => SECRET.test(line.trim().replaceAll('\t', ' ')));
  } catch {
    // The file belongs to another user.
    return false;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
