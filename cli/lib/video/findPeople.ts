import { existsSync } from 'node:fs';
import { opendir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { kindByExtension } from '@/lib/shared/text/fileKind';
import { CACHE_NAME } from '../known/cacheName';

/** People to recognise that are in the current folder. */
export type FoundPeople = { gallery: string } | { known: string };

/** Names of folders that may contain known people, besides those that were used before. */
const KNOWN = /^(?:known|people|persons|faces|employees|staff|family|members)$/i;

/** Returns the galleries of `kith sync` and the folders of known people in a folder, sorted by name. */
export async function findPeople(folder = '.'): Promise<FoundPeople[]> {
  const found: FoundPeople[] = [];
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = folder === '.' ? entry.name : join(folder, entry.name);
    if (entry.isFile() && entry.name.endsWith('.kith')) found.push({ gallery: path });
    else if (entry.isDirectory() && (await isKnown(path, entry.name))) found.push({ known: path });
  }
  return found;
}

/**
 * Returns whether a folder contains known people. Only folders with a suitable name are read, because others may be
 * huge.
 */
async function isKnown(path: string, name: string): Promise<boolean> {
  if (existsSync(join(path, CACHE_NAME))) return true;
  if (!KNOWN.test(name)) return false;
  const entries = await opendir(path).catch(() => []);
  for await (const entry of entries) {
    if (entry.isDirectory() || kindByExtension(entry.name) === 'picture') return true;
  }
  return false;
}
