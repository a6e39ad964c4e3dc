import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileKind, kindByExtension } from '@/lib/shared/text/fileKind';
import { type LeftOut, type LeftOutReason, leftOutLines } from '@/lib/shared/text/leftOut';
import { inOrder } from './inOrder';
import { isAddress } from './isAddress';
import { CACHE_NAME } from './known/cacheName';
import { tell } from './output';

/** A file of a folder. */
export interface ListedFile {
  /** Path for opening it. */
  path: string;
  /** Path below the given folder, with `/` between folders. */
  relative: string;
}

/**
 * Returns every file below a folder, sorted by name, without the caches of encodings. Throws errors of the file system.
 */
export async function filesOfFolder(folder: string, above = ''): Promise<ListedFile[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const found: ListedFile[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const relative = `${above}${entry.name}`;
    if (entry.isDirectory()) found.push(...(await filesOfFolder(path, `${relative}/`)));
    else if (entry.name !== CACHE_NAME) found.push({ path, relative });
  }
  return found;
}

/** Number of files whose size is read at once, because a network share takes a round trip for each. */
const LOOKED_AT_TOGETHER = 16;

/** Returns the same files with their sizes in bytes. Throws errors of the file system. */
export async function sizedFilesOfFolder(folder: string): Promise<(ListedFile & { size: number })[]> {
  const found: (ListedFile & { size: number })[] = [];
  const files = await filesOfFolder(folder);
  for await (const { item, result } of inOrder(files, ({ path }) => sizeOf(path), LOOKED_AT_TOGETHER)) {
    found.push({ ...item, size: await result });
  }
  return found;
}

/** Returns the size of a file; 1 for a broken link or an inaccessible file, because opening it gives the error. */
const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 1,
  );

export interface FoundFile {
  /** A path, an address, or `-` for standard input. */
  path: string;
  /** `input`: an address or standard input, whose content is not known before it is opened. */
  kind: 'picture' | 'video' | 'input';
}

export interface FoundFiles {
  files: FoundFile[];
  leftOut: LeftOut[];
}

/**
 * Returns the pictures and videos of paths, in order. Folders are searched recursively. A file that is given directly
 * counts as a picture unless it is a video, whatever its name. Addresses and `-` are returned unchanged.
 * @param wanted kinds that are used in folders; others are left out
 * @throws errors of the file system, such as for a path that does not exist
 */
export async function listFiles(
  paths: readonly string[],
  wanted: readonly FoundFile['kind'][] = ['picture', 'video'],
): Promise<FoundFiles> {
  const found: FoundFiles = { files: [], leftOut: [] };
  for (const path of paths) {
    if (isInput(path)) {
      found.files.push({ path, kind: 'input' });
      continue;
    }
    if (!(await stat(path)).isDirectory()) {
      found.files.push({ path, kind: kindByExtension(path) === 'video' ? 'video' : 'picture' });
      continue;
    }
    for (const file of await filesOfFolder(path)) {
      const kind = fileKind(file.relative);
      if (wanted.some((one) => one === kind)) found.files.push({ path: file.path, kind: kind as FoundFile['kind'] });
      else found.leftOut.push({ path: file.relative, reason: kind as LeftOutReason });
    }
  }
  return found;
}

/** Returns whether an argument is an address, or `-` for standard input. */
const isInput = (path: string): boolean => path === '-' || isAddress(path);

const UNREADABLE: readonly LeftOutReason[] = ['heic', 'otherPicture', 'empty', 'tooLarge'];

/**
 * Prints on standard error which files are left out, and why.
 * @returns whether pictures are among them, so that people may be missing
 */
export function tellLeftOut(leftOut: readonly LeftOut[], where?: string): boolean {
  for (const line of leftOutLines(leftOut)) tell(where === undefined ? `kith: ${line}` : `kith: ${where}: ${line}`);
  return leftOut.some(({ reason }) => UNREADABLE.includes(reason));
}

/** Returns the end of a "nothing found" message: what was found instead. Empty if there was nothing. */
export const insteadOf = (leftOut: readonly LeftOut[]): string =>
  leftOutLines(leftOut)
    .map((line) => ` ${line}`)
    .join('');
