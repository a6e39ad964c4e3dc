import { strFromU8, unzip } from 'fflate';
import { fileKind } from '@/lib/shared/text/fileKind';
import { zipName } from '@/lib/shared/text/zipName';

/** A file of a folder or a ZIP. */
export interface SourceFile {
  /** Of this page: two ZIP files may have the same paths. */
  id: number;
  /** Below what was chosen. */
  path: string;
  /** As it is shown. */
  shown: string;
  size: number;
  file: Blob;
}

let lastId = 0;

/** What was chosen together: a folder, a ZIP, several folders, or files by themselves. */
export interface ChosenSource {
  files: SourceFile[];
  /** Whether folders around those of people are among the paths. */
  wrapped: boolean;
}

/**
 * Chosen or dropped files by what they were chosen with. ZIP files are unpacked, also those inside folders.
 * @param files with their paths, which begin with the name of the folder that was chosen
 * @throws Error that names a ZIP which cannot be read
 */
export async function chosenSources(files: readonly { path: string; file: File }[]): Promise<ChosenSource[]> {
  const archives: ChosenSource[] = [];
  const loose: SourceFile[] = [];
  const inFolders: SourceFile[] = [];
  for (const { path, file } of files) {
    const below = path.split('/').filter(Boolean);
    const shown = below.join('/');
    if (fileKind(shown) === 'archive') archives.push({ files: await filesOfZip(file), wrapped: true });
    else (below.length > 1 ? inFolders : loose).push({ id: ++lastId, path: shown, shown, size: file.size, file });
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

/** The files in a ZIP; only pictures are unpacked. */
async function filesOfZip(archive: File): Promise<SourceFile[]> {
  const bytes = new Uint8Array(await archive.arrayBuffer());
  if (strFromU8(bytes.subarray(0, 2)) !== 'PK') throw new Error(`${archive.name} is not a ZIP archive.`);
  const sizes = new Map<string, number>();
  const unpacked = await new Promise<Record<string, Uint8Array>>((resolve, reject) => {
    unzip(
      bytes,
      {
        filter: ({ name, originalSize }) => {
          if (!name.endsWith('/')) sizes.set(name, originalSize);
          return fileKind(zipName(name)) === 'picture' && originalSize > 0;
        },
      },
      (error, entries) => {
        if (error) reject(new Error(`${archive.name} cannot be read: ${error.message}.`));
        else resolve(entries);
      },
    );
  });
  return [...sizes].map(([name, size]) => {
    const path = zipName(name);
    const data = unpacked[name];
    return { id: ++lastId, path, shown: path, size, file: new Blob(data ? [data.slice().buffer] : []) };
  });
}
