import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, rmdir, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PGlite, PGliteOptions } from '@electric-sql/pglite';
import { DiskError } from './DiskError';
import { DatabaseDamagedError } from './errors';

/**
 * PGlite's own page cache, which stays in its WebAssembly memory. The system's cache holds the files as well. So a
 * quarter of PostgreSQL's default of 128 MB reads the feed of 100,000 samples as fast, and saves 90 MB per server.
 */
const PGLITE_BUFFERS = '32MB';

/** Size of an empty database in bytes, with some room for its first rows. */
const ROOM_FOR_NEW = 64 * 1024 * 1024;

/**
 * Opens the embedded database; creates it if it is missing. A new one is created under another name and renamed when it
 * is complete. So a process that is killed meanwhile leaves nothing that looks like a database.
 * @param directory undefined: in memory
 * @throws DatabaseDamagedError, DiskError
 */
export async function openPglite(directory: string | undefined): Promise<PGlite> {
  if (directory === undefined) return (await pglite()).create(await optionsOf());
  if (await isMissing(directory)) await make(directory);
  return openFolder(directory);
}

/** Returns whether there is no database yet. Throws DatabaseDamagedError if there is one without its first file. */
async function isMissing(directory: string): Promise<boolean> {
  if (existsSync(join(directory, 'PG_VERSION'))) return false;
  const found = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  // PGlite would create a new database over the rest of this one.
  if (found.length > 0) throw new DatabaseDamagedError(directory, 'its file PG_VERSION is missing');
  return true;
}

async function make(directory: string): Promise<void> {
  const draft = `${directory}.making`;
  await mkdir(dirname(directory), { recursive: true, mode: 0o700 });
  await rm(draft, { recursive: true, force: true });
  const { bavail, bsize } = await statfs(dirname(directory));
  if (bavail * bsize < ROOM_FOR_NEW) throw new DiskError('full', dirname(directory));
  await mkdir(draft, { mode: 0o700 });
  try {
    await (await openFolder(draft)).close();
    await rmdir(directory).catch(() => undefined);
    await rename(draft, directory);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

async function openFolder(directory: string): Promise<PGlite> {
  const { PrivateNodeFS } = await import('./PrivateNodeFS');
  const fatal: string[] = [];
  const onLog = (line: string) => {
    const level = /\b(?:FATAL|PANIC): {2}/.exec(line);
    if (level) fatal.push(line.slice(level.index + level[0].length));
  };
  try {
    return await (await pglite()).create({ ...(await optionsOf()), fs: new PrivateNodeFS(directory, onLog) });
  } catch (cause) {
    throw openingError(directory, fatal.at(-1), cause);
  }
}

/** PGlite's errors say only that it failed. PostgreSQL's log says why. */
function openingError(directory: string, fatal: string | undefined, cause: unknown): unknown {
  const disk = DiskError.of(cause, directory) ?? (fatal === undefined ? null : DiskError.ofText(fatal, directory));
  if (disk) return disk;
  if (fatal !== undefined || (cause instanceof Error && cause.name === 'RuntimeError'))
    return new DatabaseDamagedError(directory, fatal ?? 'PostgreSQL ended while it opened it', { cause });
  return cause;
}

/** Loaded only when needed. It is WebAssembly that a server with DATABASE_URL never needs. */
const pglite = async (): Promise<typeof PGlite> => (await import('@electric-sql/pglite')).PGlite;

async function optionsOf() {
  const [{ PGlite, types }, { vector }] = await Promise.all([
    import('@electric-sql/pglite'),
    import('@electric-sql/pglite-pgvector'),
  ]);
  return {
    extensions: { vector },
    startParams: [...PGlite.defaultStartParams, '-c', `shared_buffers=${PGLITE_BUFFERS}`],
    parsers: { [types.BYTEA]: bytesFromText },
    serializers: { [types.BYTEA]: bytesToText },
  } satisfies PGliteOptions;
}

// PGlite's own conversions go byte by byte through text. A page of the feed, or a picture, would take a second.

/** Reads PostgreSQL's hex format of bytea: `\\x` and two digits per byte. */
const bytesFromText = (text: string): Uint8Array => Buffer.from(text.slice(2), 'hex');

/** Writes PostgreSQL's hex format of bytea. */
const bytesToText = (bytes: Uint8Array): string =>
  `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`;
