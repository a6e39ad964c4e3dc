import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { extract, type Header } from 'tar-stream';
import { lockDataDir } from '@/lib/server/dataDirLock';

/** The file is not a backup, or is broken; nothing was changed. The message says what is wrong. */
export class RestoreError extends Error {
  override readonly name = 'RestoreError';
}

/** What a restore did. */
export interface Restored {
  people: number;
  samples: number;
  /** Where the database from before is now; null when there was none. */
  before: string | null;
}

/**
 * Puts a backup in the place of the embedded database of a DATA_DIR that no server uses. The backup is unpacked beside
 * it and opened first; only then the folders change places, and the old one stays.
 * @throws DataDirLockedError while a server runs there; RestoreError
 */
export async function restoreBackup({ file, dataDir }: { file: string; dataDir: string }): Promise<Restored> {
  if (!existsSync(file)) throw new RestoreError(`there is no file ${file}`);
  const lock = await lockDataDir({ dataDir, what: 'kith restore' });
  const fresh = join(dataDir, `pg.restoring-${randomUUID()}`);
  try {
    await unpack(file, fresh);
    const counted = await tryOut(fresh);
    const current = join(dataDir, 'pg');
    const before = existsSync(current) ? `${current}.before-${new Date().toISOString().replace(/[:.]/g, '-')}` : null;
    if (before !== null) await rename(current, before);
    await rename(fresh, current);
    return { ...counted, before };
  } finally {
    await rm(fresh, { recursive: true, force: true });
    await lock.release();
  }
}

async function unpack(file: string, folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o700 });
  const archive = extract();
  const taken = (async () => {
    for await (const entry of archive) {
      const path = join(folder, safeName(entry.header));
      if (entry.header.type === 'directory') {
        await mkdir(path, { recursive: true, mode: 0o700 });
        entry.resume();
      } else {
        await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
        await pipeline(entry, createWriteStream(path, { mode: 0o600 }));
      }
    }
  })();
  try {
    await Promise.all([
      taken.catch((error: Error) => {
        archive.destroy(error);
        throw error;
      }),
      pipeline(createReadStream(file), createGunzip(), archive),
    ]);
  } catch (cause) {
    if (cause instanceof RestoreError) throw cause;
    throw new RestoreError(`${file} is not a backup of Kith, or is damaged`, { cause });
  }
}

/** A path inside the folder. Archives can name others, or hold links to them. */
function safeName({ name, type }: Header): string {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  const outside = name.startsWith('/') || name.includes('\\') || name.includes('\0') || parts.includes('..');
  if (outside || (type !== 'file' && type !== 'directory')) {
    throw new RestoreError(`the archive has an entry that no backup has: ${JSON.stringify(name)}`);
  }
  return join(...parts, '.');
}

/** Opens the database, as a server would. */
async function tryOut(directory: string): Promise<{ people: number; samples: number }> {
  if (!existsSync(join(directory, 'PG_VERSION'))) throw new RestoreError('the archive has no database in it');
  let client: PGlite | undefined;
  try {
    client = await PGlite.create(directory, { extensions: { vector } });
    const { rows } = await client.query<{ people: number; samples: number }>(
      'select (select count(*) from people)::int as people, (select count(*) from samples)::int as samples',
    );
    const [counted] = rows;
    if (!counted) throw new Error('nothing was counted');
    return counted;
  } catch (cause) {
    throw new RestoreError('the database in the archive cannot be opened', { cause });
  } finally {
    await client?.close();
  }
}
