import { readFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import { fileKind } from '@/lib/shared/text/fileKind';
import { zipName } from '@/lib/shared/text/zipName';
import { CliError } from '../lib/CliError';

/** The files in a ZIP by their paths in it; only pictures are unpacked. Throws CliError for what is no ZIP. */
export async function filesOfZip(
  archive: string,
): Promise<{ path: string; shown: string; size: number; read: () => Promise<Uint8Array> }[]> {
  const bytes = await readFile(archive);
  const sizes = new Map<string, number>();
  let unpacked: Record<string, Uint8Array>;
  try {
    unpacked = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!name.endsWith('/')) sizes.set(name, originalSize);
        return fileKind(zipName(name)) === 'picture' && originalSize > 0;
      },
    });
  } catch (cause) {
    throw new CliError(`${archive} cannot be read as a ZIP.`, { cause });
  }
  return [...sizes].map(([name, size]) => {
    const path = zipName(name);
    return { path, shown: path, size, read: async () => unpacked[name] ?? new Uint8Array() };
  });
}
