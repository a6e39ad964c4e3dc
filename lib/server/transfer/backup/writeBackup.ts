import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Pack, pack } from 'tar-stream';
import { VERSION } from '@/lib/server/platform/version';
import { type BackupManifest, BackupSum, MANIFEST } from './manifest';

/**
 * The first one is valid only while a process has the database open. A manifest is there if an older Kith restored a
 * backup.
 */
const LEFT_OUT = new Set(['postmaster.pid', MANIFEST]);

/**
 * Writes a folder of PGlite as a tar.gz, the format that PGlite itself dumps and loads, and ends `sink`. The last file
 * in it is a manifest with a checksum. The folder must not change meanwhile.
 */
export async function writeBackup(directory: string, sink: Writable): Promise<void> {
  const archive = pack();
  const added = addAll(archive, directory).then(() => archive.finalize());
  await Promise.all([
    added.catch((error: Error) => archive.destroy(error)),
    // Level 1, because PGlite waits for it.
    pipeline(archive, createGzip({ level: 1 }), sink),
  ]);
}

async function addAll(archive: Pack, directory: string): Promise<void> {
  const sum = new BackupSum();
  await addFolder(archive, sum, directory, '');
  const manifest: BackupManifest = {
    type: 'kith-backup',
    version: 1,
    created_at: new Date().toISOString(),
    server_version: VERSION,
    ...sum.end(),
  };
  archive.entry({ name: MANIFEST, mode: 0o600 }, `${JSON.stringify(manifest)}\n`);
}

async function addFolder(archive: Pack, sum: BackupSum, root: string, folder: string): Promise<void> {
  for (const file of (await readdir(join(root, folder))).sort()) {
    if (LEFT_OUT.has(file)) continue;
    const path = join(folder, file);
    const stat = await lstat(join(root, path));
    const { size, mtime } = stat;
    const header = { name: path.split(sep).join('/'), mtime, mode: stat.mode & 0o700 };
    if (stat.isDirectory()) {
      archive.entry({ ...header, type: 'directory' });
      await addFolder(archive, sum, root, path);
      continue;
    }
    sum.begin(header.name, size);
    if (size === 0) archive.entry(header, '');
    else {
      const bytes = createReadStream(join(root, path));
      await pipeline(bytes, (source) => sum.take(source), archive.entry({ ...header, size }));
    }
  }
}
