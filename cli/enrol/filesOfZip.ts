import { readFile } from 'node:fs/promises';
import { type UnzipFileInfo, unzipSync } from 'fflate';
import { fileKind } from '@/lib/shared/text/fileKind';
import { zipName } from '@/lib/shared/text/zipName';
import { partsBySize } from '@/lib/shared/util/partsBySize';
import { MOST_IMAGE_BYTES } from '@/lib/shared/vision/mostImageBytes';
import { CliError } from '../lib/CliError';

/** A file in a ZIP. */
interface ZippedFile {
  path: string;
  shown: string;
  /** Size in bytes, as stated in the ZIP. */
  size: number;
  /** Whether it is larger than any server accepts. */
  isTooLarge: boolean;
  /** Unpacks the file. Returns no bytes for a file that is not a picture or is too large. Throws CliError. */
  read: () => Promise<Uint8Array>;
}

/** Maximum number of bytes unpacked at once. */
const AT_ONCE = 64e6;

/**
 * Lists the files in a ZIP by their paths in it. Reading a picture unpacks it and the next ones, because each unpacking
 * visits every entry of the ZIP. Only the last unpacked part stays in memory.
 * @throws CliError if the file is not a ZIP
 */
export async function filesOfZip(archive: string): Promise<ZippedFile[]> {
  const bytes = await readFile(archive);
  const unpack = (filter: (file: UnzipFileInfo) => boolean) => {
    try {
      return unzipSync(bytes, { filter });
    } catch (cause) {
      throw new CliError(`${archive} cannot be read as a ZIP.`, { cause });
    }
  };
  const sizes = new Map<string, number>();
  unpack(({ name, originalSize }) => {
    if (!name.endsWith('/')) sizes.set(name, originalSize);
    return false;
  });
  const files = [...sizes].map(([name, size]) => ({ name, path: zipName(name), size }));
  const pictures = files.filter(
    ({ path, size }) => fileKind(path) === 'picture' && size > 0 && size <= MOST_IMAGE_BYTES,
  );
  const partOf = new Map<string, Set<string>>();
  for (const part of partsBySize(pictures, ({ size }) => size, AT_ONCE)) {
    const names = new Set(part.map(({ name }) => name));
    for (const name of names) partOf.set(name, names);
  }
  let unpacked: { part: Set<string>; contents: Record<string, Uint8Array> } | null = null;
  const read = async (name: string) => {
    const part = partOf.get(name);
    if (!part) return new Uint8Array();
    if (unpacked?.part !== part) unpacked = { part, contents: unpack((file) => part.has(file.name)) };
    return unpacked.contents[name] ?? new Uint8Array();
  };
  return files.map(({ name, path, size }) => {
    return { path, shown: path, size, isTooLarge: size > MOST_IMAGE_BYTES, read: () => read(name) };
  });
}
