import { open } from 'node:fs/promises';
import { constants, createGunzip } from 'node:zlib';
import { isGzip } from '@/lib/shared/transfer/isGzip';

/** Kinds of files that Kith writes outside of DATA_DIR. */
export type FileKind = 'backup' | 'export' | 'gallery';

/** Number of bytes read to detect the kind of a file. */
const HEAD = 16 * 1024;

const GALLERY_MAGIC = 'KITH gallery ';
/** First file of a database folder, and so of a backup. */
const FIRST_OF_BACKUP = 'PG_VERSION\0';

/** Returns the kind of a file of Kith by its first bytes; null for other files and unreadable ones. */
export async function kindOfFile(path: string): Promise<FileKind | null> {
  const head = await readHead(path).catch(() => null);
  if (head === null) return null;
  if (head.toString('latin1', 0, GALLERY_MAGIC.length) === GALLERY_MAGIC) return 'gallery';
  const text = (await unpackedHead(head)).toString('latin1');
  if (text.startsWith('{"type":"kith"')) return 'export';
  return text.startsWith(FIRST_OF_BACKUP) && text.slice(257, 262) === 'ustar' ? 'backup' : null;
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    if (!(await file.stat()).isFile()) return Buffer.alloc(0);
    const { bytesRead, buffer } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Returns the start of the data, unpacked as far as possible. Data that is not compressed is returned unchanged. */
async function unpackedHead(head: Buffer): Promise<Buffer> {
  if (!isGzip(head)) return head;
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
    const end = () => resolve(Buffer.concat(parts));
    gunzip
      .on('data', (part: Buffer) => parts.push(part))
      .on('end', end)
      .on('error', end);
    gunzip.end(head);
  });
}
