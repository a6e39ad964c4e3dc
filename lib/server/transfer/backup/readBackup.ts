import { Readable, Writable } from 'node:stream';
import { json } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type Extract, extract, type Header } from 'tar-stream';
import { BackupError } from './BackupError';
import { type BackupManifest, BackupSum, backupManifest, MANIFEST } from './manifest';

/** A file or folder of a backup. */
export interface BackupEntry {
  /** Relative path with `/`, never outside of the target folder. */
  name: string;
  type: 'file' | 'directory';
  bytes: AsyncIterable<Uint8Array>;
}

/**
 * Reads a backup to its end and compares it with its manifest.
 * @param take called with each file and folder in order; must read a file's bytes to their end
 * @returns the manifest; null for a backup of an older Kith, which has none
 * @throws BackupError for a file that is not a backup, is truncated or damaged; the errors of `source` and `take`
 */
export async function readBackup(
  source: AsyncIterable<Uint8Array>,
  take: (entry: BackupEntry) => Promise<void> = skip,
): Promise<BackupManifest | null> {
  const archive = extract();
  const reading = readEntries(archive, take).catch((error: unknown) => {
    archive.destroy();
    throw error;
  });
  const feeding = pipeline(Readable.from(noting(source)), createGunzip(), archive);
  const [read, fed] = await Promise.allSettled([reading, feeding]);
  const reasons = [fed, read].flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
  // When one side fails, the other one is broken off, and its error says nothing.
  if (reasons.length > 0) throw explain(reasons.find((reason) => !isBrokenOff(reason)) ?? reasons[0]);
  return read.status === 'fulfilled' ? read.value : null;
}

const isBrokenOff = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';

/** An error of the source of the bytes, not of the archive. */
class SourceError extends Error {}

async function* noting(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (cause) {
    throw new SourceError('the source failed', { cause });
  }
}

async function readEntries(
  archive: Extract,
  take: (entry: BackupEntry) => Promise<void>,
): Promise<BackupManifest | null> {
  const sum = new BackupSum();
  let manifest: BackupManifest | null = null;
  for await (const entry of archive) {
    const name = safeName(entry.header);
    // tar-stream's types do not say it: chunks are always bytes.
    const bytes = entry as AsyncIterable<unknown> as AsyncIterable<Uint8Array>;
    if (manifest) throw new BackupError(`${JSON.stringify(name)} comes after the end of the backup`);
    if (name === MANIFEST) manifest = checkedManifest(await json(Readable.from(bytes)).catch(() => null), sum);
    else if (entry.header.type === 'directory') {
      await take({ name, type: 'directory', bytes });
      entry.resume();
    } else {
      sum.begin(name, entry.header.size);
      await take({ name, type: 'file', bytes: sum.take(bytes) });
    }
  }
  return manifest;
}

function checkedManifest(value: unknown, sum: BackupSum): BackupManifest {
  const read = backupManifest.safeParse(value);
  if (!read.success) throw new BackupError('its manifest is damaged, or of a later version of Kith');
  const { files, bytes, sha256 } = sum.end();
  const told = read.data;
  if (files !== told.files || bytes !== told.bytes) {
    throw new BackupError(`it has ${files} files of ${bytes} bytes, and should have ${told.files} of ${told.bytes}`);
  }
  if (sha256 !== told.sha256) throw new BackupError('its content is not what was saved: the SHA-256 differs');
  return told;
}

/** Returns a path inside the folder. Archives can contain paths or links that lead outside. */
function safeName({ name, type }: Header): string {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  const outside = name.startsWith('/') || name.includes('\\') || name.includes('\0') || parts.includes('..');
  if (outside || parts.length === 0 || (type !== 'file' && type !== 'directory')) {
    throw new BackupError(`it has an entry that no backup has: ${JSON.stringify(name)}`);
  }
  return parts.join('/');
}

async function skip({ type, bytes }: BackupEntry): Promise<void> {
  if (type === 'file') await pipeline(bytes, new Writable({ write: (_chunk, _encoding, done) => done() }));
}

function explain(error: unknown): unknown {
  if (error instanceof SourceError) return error.cause;
  if (!(error instanceof Error) || error instanceof BackupError) return error;
  // zlib's errors have a code with this prefix; tar-stream's have none.
  if ('code' in error && String(error.code).startsWith('Z_')) {
    const cutOff = error.code === 'Z_BUF_ERROR';
    return new BackupError(cutOff ? 'it was cut off' : 'it is not a backup of Kith, or is damaged', { cause: error });
  }
  const ofTar = /^(Invalid (tar )?header|Unexpected end of data|Header exceeds)/.test(error.message);
  return ofTar ? new BackupError('it is not a backup of Kith, or is damaged', { cause: error }) : error;
}
