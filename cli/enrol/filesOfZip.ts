import { readFile } from 'node:fs/promises';
import { type UnzipFileInfo, unzipSync } from 'fflate';
import { fileKind } from '@/lib/shared/text/fileKind';
import { zipName } from '@/lib/shared/text/zipName';
import { MOST_IMAGE_BYTES } from '@/lib/shared/vision/mostImageBytes';
import { CliError } from '../lib/CliError';

/** A file in a ZIP. */
interface ZippedFile {
  path: string;
  shown: string;
  /** Bytes, as the ZIP says. */
  size: number;
  /** Whether it has more bytes than any server takes. */
  isTooLarge: boolean;
  /** Unpacks it, and nothing else. A file that is no picture or too large is empty. Throws CliError. */
  read: () => Promise<Uint8Array>;
}

/** The files in a ZIP by their paths in it, not unpacked yet. Throws CliError for what is no ZIP. */
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
  return [...sizes].map(([name, size]) => {
    const path = zipName(name);
    const isTooLarge = size > MOST_IMAGE_BYTES;
    const isRead = fileKind(path) === 'picture' && size > 0 && !isTooLarge;
    const read = async () => (isRead ? unpack((file) => file.name === name)[name] : undefined) ?? new Uint8Array();
    return { path, shown: path, size, isTooLarge, read };
  });
}
