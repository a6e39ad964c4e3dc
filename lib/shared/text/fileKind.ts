/** Kind of a chosen file, by its path, for an import or a folder of known people. */
export type FileKind = 'picture' | 'video' | 'list' | 'archive' | 'heic' | 'otherPicture' | 'system' | 'other';

const EXTENSIONS: Partial<Record<FileKind, string>> = {
  picture: 'jpg jpeg jpe jfif png webp avif gif tif tiff',
  video: 'mp4 m4v mov mkv webm avi mpg mpeg mjpeg ts 3gp wmv',
  list: 'csv tsv txt json jsonl ndjson',
  archive: 'zip',
  heic: 'heic heif hif heics heifs',
  otherPicture: 'bmp svg ico jp2 jxl psd raw dng cr2 cr3 nef arw orf rw2 raf',
};

const BY_EXTENSION = new Map(
  Object.entries(EXTENSIONS).flatMap(([kind, all]) =>
    all.split(' ').map((extension): [string, FileKind] => [extension, kind as FileKind]),
  ),
);

/** Extensions of supported picture formats, with their dots. */
export const PICTURE_EXTENSIONS = [...BY_EXTENSION].flatMap(([name, kind]) => (kind === 'picture' ? [`.${name}`] : []));

const SYSTEM_FILES = new Set(['thumbs.db', 'ehthumbs.db', 'desktop.ini', 'icon\r']);

/**
 * Returns the kind of a file by its path, with `/` between folders. `system`: files that macOS, Windows and programs
 * put beside pictures, such as `._1.jpg` and everything in `__MACOSX`. Hidden files and folders are among them.
 */
export function fileKind(path: string): FileKind {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
  const name = (parts.at(-1) ?? '').toLowerCase();
  if (SYSTEM_FILES.has(name) || parts.some((part) => part === '__MACOSX' || part.startsWith('.'))) return 'system';
  return kindByExtension(name);
}

/** Returns the kind of a file by its extension alone. For files that are named directly, and for the paths of URLs. */
export function kindByExtension(path: string): FileKind {
  const dot = path.lastIndexOf('.');
  return dot < 0 ? 'other' : (BY_EXTENSION.get(path.slice(dot + 1).toLowerCase()) ?? 'other');
}
