import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { kindOfFile } from './kindOfFile';

/** Returns the newest backup directly in one of these folders, by the file's time; null if there is none. */
export async function newestBackup(folders: readonly string[]): Promise<{ file: string; at: Date } | null> {
  const found = (await Promise.all([...new Set(folders)].map(archivesIn))).flat();
  found.sort((a, b) => b.at.getTime() - a.at.getTime());
  for (const archive of found) if ((await kindOfFile(archive.file)) === 'backup') return archive;
  return null;
}

async function archivesIn(folder: string): Promise<{ file: string; at: Date }[]> {
  const names = await readdir(folder).catch(() => []);
  const archives = names.filter((name) => /\.(tar\.gz|tgz)$/i.test(name)).map((name) => join(folder, name));
  const found = await Promise.all(archives.map(async (file) => ({ file, stats: await stat(file).catch(() => null) })));
  return found.flatMap(({ file, stats }) => (stats?.isFile() ? [{ file, at: stats.mtime }] : []));
}
