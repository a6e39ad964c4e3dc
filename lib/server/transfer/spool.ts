import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Writable } from 'node:stream';

/** Written data that can be read once. */
export interface Spooled {
  stream: Readable;
  bytes: number;
}

/**
 * Writes to a file at the speed of the disk, and then lets it be read at any speed. The file has no name from the
 * start, so that nothing is left of it, however the process ends.
 * @param folder created if missing; private, because the data may identify people
 */
export async function spool(folder: string, write: (sink: Writable) => Promise<void>): Promise<Spooled> {
  const file = await openNameless(folder);
  try {
    await write(appendTo(file));
    const { size } = await file.stat();
    return { stream: file.createReadStream({ start: 0, autoClose: true }), bytes: size };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function openNameless(folder: string): Promise<FileHandle> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomUUID());
  const file = await open(path, 'wx+', 0o600);
  await unlink(path);
  return file;
}

/** Unlike the handle's own stream, it leaves the file open when it ends, but still reports that it has ended. */
const appendTo = (file: FileHandle): Writable =>
  new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      file.writeFile(chunk).then(() => done(), done);
    },
  });
