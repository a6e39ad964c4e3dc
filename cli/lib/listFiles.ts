import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { isAddress } from './isAddress';

/** `input`: an address or standard input; what it holds shows when it is opened. */
export type FileKind = 'picture' | 'video' | 'input';

export interface FoundFile {
  path: string;
  kind: FileKind;
}

const PICTURES = new Set(['.jpg', '.jpeg', '.jpe', '.jfif', '.png', '.webp', '.avif', '.gif', '.tif', '.tiff']);
const VIDEOS = new Set([
  '.mp4',
  '.m4v',
  '.mov',
  '.mkv',
  '.webm',
  '.avi',
  '.mpg',
  '.mpeg',
  '.mjpeg',
  '.ts',
  '.3gp',
  '.wmv',
]);

/** Returns the kind of a file by its name; null for other files. */
export function kindOf(path: string): 'picture' | 'video' | null {
  const extension = extname(path).toLowerCase();
  if (PICTURES.has(extension)) return 'picture';
  return VIDEOS.has(extension) ? 'video' : null;
}

/**
 * Returns the pictures and videos of paths, in order. Folders are searched recursively, by name, without hidden files. A
 * file that is given directly counts as a picture, whatever its name is. Addresses and `-` are kept as they are.
 * @throws errors of the file system, such as for a path that does not exist
 */
export async function listFiles(paths: readonly string[]): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const path of paths) {
    if (isInput(path)) found.push({ path, kind: 'input' });
    else if ((await stat(path)).isDirectory()) found.push(...(await listFolder(path)));
    else found.push({ path, kind: kindOf(path) ?? 'picture' });
  }
  return found;
}

/** Whether an argument is an address, or `-` for standard input. */
const isInput = (path: string): boolean => path === '-' || isAddress(path);

async function listFolder(folder: string): Promise<FoundFile[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const found: FoundFile[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    const kind = kindOf(path);
    if (entry.isDirectory()) found.push(...(await listFolder(path)));
    else if (kind) found.push({ path, kind });
  }
  return found;
}
