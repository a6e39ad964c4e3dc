import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';

/** Only true while a process has the database open. */
const LEFT_OUT = new Set(['postmaster.pid']);

/**
 * Writes a folder of PGlite as a tar.gz, the form PGlite itself dumps and loads, and ends `sink`. The folder must be
 * still meanwhile.
 */
export async function writeBackup(directory: string, sink: Writable): Promise<void> {
  const archive = pack();
  const added = addFolder(archive, directory, '').then(() => archive.finalize());
  await Promise.all([
    added.catch((error: Error) => archive.destroy(error)),
    // Level 1: PGlite waits for it.
    pipeline(archive, createGzip({ level: 1 }), sink),
  ]);
}

async function addFolder(archive: ReturnType<typeof pack>, root: string, folder: string): Promise<void> {
  for (const name of (await readdir(join(root, folder))).sort()) {
    if (LEFT_OUT.has(name)) continue;
    const path = join(folder, name);
    const { size, mtime, mode } = await lstat(join(root, path));
    const header = { name: path.split(sep).join('/'), mtime, mode: mode & 0o777 };
    if ((await lstat(join(root, path))).isDirectory()) {
      archive.entry({ ...header, type: 'directory' });
      await addFolder(archive, root, path);
    } else if (size === 0) {
      archive.entry(header, '');
    } else {
      await pipeline(createReadStream(join(root, path)), archive.entry({ ...header, size }));
    }
  }
}
