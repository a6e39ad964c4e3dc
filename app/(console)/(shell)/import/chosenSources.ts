import { strFromU8, type UnzipFileInfo, unzip } from 'fflate';
import { fileKind } from '@/lib/shared/text/fileKind';
import { zipName } from '@/lib/shared/text/zipName';
import { partsBySize } from '@/lib/shared/util/partsBySize';

/** A file of a folder or a ZIP. */
export interface SourceFile {
  /** Unique on this page, because two ZIP files may have the same paths. */
  id: number;
  /** Path relative to what was chosen. */
  path: string;
  /** As it is shown. */
  shown: string;
  size: number;
  /** Whether it is larger than the server accepts. */
  isTooLarge: boolean;
  /** Empty for a file in a ZIP that is not a picture, or is too large. */
  file: Blob;
}

interface Limits {
  mostBytes: number;
  atOnce?: number;
}

const AT_ONCE = 64e6;

let lastId = 0;

/** What was chosen together: a folder, a ZIP, several folders, or files by themselves. */
export interface ChosenSource {
  files: SourceFile[];
  /** Whether folders around those of people are among the paths. */
  wrapped: boolean;
}

/**
 * Groups chosen or dropped files by the folder or ZIP that they were chosen with. Unpacks ZIP files, including those
 * inside folders.
 * @param files with their paths, which begin with the name of the folder that was chosen
 * @param limits `mostBytes` of a picture that the server takes; `atOnce`: bytes that are unpacked at once, where no
 *   single file has more
 * @throws Error that names a ZIP which cannot be read
 */
export async function chosenSources(
  files: readonly { path: string; file: File }[],
  { mostBytes, atOnce = AT_ONCE }: Limits,
): Promise<ChosenSource[]> {
  const archives: ChosenSource[] = [];
  const loose: SourceFile[] = [];
  const inFolders: SourceFile[] = [];
  for (const { path, file } of files) {
    const below = path.split('/').filter(Boolean);
    const shown = below.join('/');
    if (fileKind(shown) === 'archive')
      archives.push({ files: await filesOfZip(file, { mostBytes, atOnce }), wrapped: true });
    else {
      const { size } = file;
      const isTooLarge = size > mostBytes;
      (below.length > 1 ? inFolders : loose).push({ id: ++lastId, path: shown, shown, size, isTooLarge, file });
    }
  }
  const tops = new Set(inFolders.map(({ path }) => path.split('/')[0]));
  const wrapped = tops.size > 1;
  const folder = wrapped
    ? inFolders
    : inFolders.map((file) => ({ ...file, path: file.path.slice(file.path.indexOf('/') + 1) }));
  return [{ files: folder, wrapped }, { files: loose, wrapped: false }, ...archives].filter(
    (source) => source.files.length > 0,
  );
}

/** Returns the files in a ZIP. Unpacks only pictures, some at a time, and skips those that are too large. */
async function filesOfZip(archive: File, { mostBytes, atOnce }: Required<Limits>): Promise<SourceFile[]> {
  const bytes = new Uint8Array(await archive.arrayBuffer());
  if (strFromU8(bytes.subarray(0, 2)) !== 'PK') throw new Error(`${archive.name} is not a ZIP archive.`);
  const sizes = new Map<string, number>();
  await unpack(archive.name, bytes, ({ name, originalSize }) => {
    if (!name.endsWith('/')) sizes.set(name, originalSize);
    return false;
  });
  const pictures = [...sizes].filter(
    ([name, size]) => fileKind(zipName(name)) === 'picture' && size > 0 && size <= mostBytes,
  );
  const blobs = new Map<string, Blob>();
  for (const part of partsBySize(pictures, ([, size]) => size, atOnce)) {
    const together = new Set(part.map(([name]) => name));
    const unpacked = await unpack(archive.name, bytes, ({ name }) => together.has(name));
    for (const [name, data] of Object.entries(unpacked)) blobs.set(name, new Blob([data.slice().buffer]));
  }
  return [...sizes].map(([name, size]) => {
    const path = zipName(name);
    const file = blobs.get(name) ?? new Blob();
    return { id: ++lastId, path, shown: path, size, isTooLarge: size > mostBytes, file };
  });
}

function unpack(
  archive: string,
  bytes: Uint8Array,
  filter: (file: UnzipFileInfo) => boolean,
): Promise<Record<string, Uint8Array>> {
  return new Promise((resolve, reject) => {
    unzip(bytes, { filter }, (error, entries) => {
      if (error) reject(new Error(`${archive} cannot be read: ${error.message}.`));
      else resolve(entries);
    });
  });
}
