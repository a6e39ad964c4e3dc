import { closeSync, constants, fchmodSync, fstatSync, lstatSync, openSync, readdirSync, type Stats } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative, sep } from 'node:path';

/** Permissions of the group and of others: no file with biometric data has any of them. */
const OTHERS = 0o077;

/** What Kith makes in a DATA_DIR. */
const OURS = /^(pg|pg\..*|auth-secret.*|lock|spool|restore\.json.*)$/;

/** A file or folder that other users of the machine may read or change. */
export interface OpenPath {
  /** Relative to the folder looked through; empty for the folder itself. */
  path: string;
  /** Its permissions, such as 0o755. */
  mode: number;
  /** Whether this user may change them. */
  own: boolean;
}

/** Windows keeps access lists instead of modes. */
const hasModes = process.platform !== 'win32';

/** Makes every file that this process creates from now on private to its user. Only the main thread may call it. */
export function keepFilesPrivate(): void {
  process.umask(OTHERS);
}

/**
 * Whether a folder holds more than Kith's data, because somebody set DATA_DIR to a home folder or to the project's: then
 * only what Kith makes there is looked through.
 */
function isShared(folder: string): boolean {
  return [process.cwd(), homedir()].some((other) => {
    const path = relative(folder, other);
    return path === '' || !(path === '..' || path.startsWith(`..${sep}`));
  });
}

/** Everything of DATA_DIR that other users may read or change. Symbolic links are not followed. */
export function findOpenPaths(dataDir: string): OpenPath[] {
  const found: OpenPath[] = [];
  if (hasModes) eachPath(dataDir, (path, stat) => isOpen(stat.mode) && found.push(openPath(dataDir, path, stat)));
  return found;
}

/**
 * Takes the rights of other users away from everything of DATA_DIR that this user owns.
 * @returns what had them, folders before what is in them
 */
export function repairModes(dataDir: string): OpenPath[] {
  const found: OpenPath[] = [];
  if (!hasModes) return found;
  eachPath(dataDir, (path, stat) => {
    if (!isOpen(stat.mode)) return;
    const open = openPath(dataDir, path, stat);
    found.push({ ...open, own: open.own && close(path) });
  });
  return found;
}

const isOpen = (mode: number): boolean => (mode & OTHERS) !== 0;

const openPath = (root: string, path: string, { mode, uid }: Stats): OpenPath => ({
  path: relative(root, path),
  mode: mode & 0o777,
  own: uid === process.getuid?.(),
});

/** Visits the folder and what is in it, each folder before its content. What vanishes meanwhile is left out. */
function eachPath(dataDir: string, visit: (path: string, stat: Stats) => void): void {
  const shared = isShared(dataDir);
  const walk = (path: string, skip: boolean) => {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    // The lock's sockets are in a folder of their own, and a link's mode means nothing.
    if (!stat?.isFile() && !stat?.isDirectory()) return;
    if (!skip) visit(path, stat);
    if (!stat.isDirectory()) return;
    for (const name of namesIn(path)) if (!skip || OURS.test(name)) walk(join(path, name), false);
  };
  walk(dataDir, shared);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Of another user, or gone by now.
    return [];
  }
}

/** Through a descriptor, so that nobody can put a link in the place of what was looked at. */
function close(path: string): boolean {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return false;
  }
  try {
    fchmodSync(file, fstatSync(file).mode & 0o7777 & ~OTHERS);
    return true;
  } catch {
    return false;
  } finally {
    closeSync(file);
  }
}

/** At most so many paths are named in a sentence. */
const NAMED = 5;

/** Names what was open: each file or folder directly in DATA_DIR with its mode, and how much in it. */
export function describeOpenPaths(found: readonly OpenPath[]): string {
  const groups = new Map<string, OpenPath[]>();
  for (const open of found) {
    const [top = ''] = open.path.split(sep);
    groups.set(top, [...(groups.get(top) ?? []), open]);
  }
  const texts = [...groups].map(([top, [first, ...rest]]) => {
    const mode = `mode 0${first?.mode.toString(8).padStart(3, '0')}`;
    const more = rest.length === 0 ? '' : ` with ${rest.length} more in it`;
    return top === '' ? `the folder itself (${mode})` : `${top} (${mode}${more})`;
  });
  const others = texts.length - NAMED;
  return [...texts.slice(0, NAMED), ...(others > 0 ? [`${others} others`] : [])].join(', ');
}
