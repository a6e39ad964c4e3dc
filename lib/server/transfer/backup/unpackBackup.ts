import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DiskError } from '@/db/DiskError';
import { BackupError } from './BackupError';
import type { BackupManifest } from './manifest';
import { type BackupEntry, readBackup } from './readBackup';

/**
 * Unpacks a backup into a new folder, and compares it with its manifest.
 * @returns the manifest; null for a backup of an older Kith
 * @throws BackupError, DiskError, or the error of reading the file
 */
export async function unpackBackup(file: string, folder: string): Promise<BackupManifest | null> {
  await mkdir(folder, { mode: 0o700 });
  try {
    return await readBackup(await openFile(file), (entry) => write(folder, entry));
  } catch (error) {
    throw error instanceof BackupError ? new BackupError(`${file}: ${error.message}`, { cause: error }) : error;
  }
}

async function openFile(file: string): Promise<AsyncIterable<Uint8Array>> {
  const found = await stat(file).catch((cause: unknown) => {
    throw new BackupError(`there is no such file`, { cause });
  });
  if (!found.isFile()) throw new BackupError('it is not a file');
  return createReadStream(file);
}

async function write(folder: string, { name, type, bytes }: BackupEntry): Promise<void> {
  const path = join(folder, name);
  try {
    await mkdir(type === 'directory' ? path : dirname(path), { recursive: true, mode: 0o700 });
    if (type === 'file') await pipeline(bytes, createWriteStream(path, { mode: 0o600, flags: 'wx' }));
  } catch (error) {
    throw DiskError.of(error, folder) ?? error;
  }
}
