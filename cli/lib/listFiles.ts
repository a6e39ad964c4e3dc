import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';

export type FileKind = 'picture' | 'video';

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

/** What a file is by its name; null for anything else. */
export function kindOf(path: string): FileKind | null {
  const extension = extname(path).toLowerCase();
  if (PICTURES.has(extension)) return 'picture';
  return VIDEOS.has(extension) ? 'video' : null;
}

/**
 * The pictures and videos that paths speak of, in order: of a folder all that are in it and below, by name; hidden ones
 * left out. A file that is named itself is taken for a picture whatever it is called.
 * @throws what the file system throws, when a path does not exist
 */
export async function listFiles(paths: readonly string[]): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const path of paths) {
    if ((await stat(path)).isDirectory()) found.push(...(await listFolder(path)));
    else found.push({ path, kind: kindOf(path) ?? 'picture' });
  }
  return found;
}

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
