import { createReadStream, createWriteStream } from 'node:fs';
import { access, open, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { KithConnectionError } from '@kith/sdk';
import { CliError } from '../lib/CliError';
import { startProgress } from '../lib/progress';

/**
 * Saves a response. The file gets its name once it is complete. An existing file is never overwritten.
 * @param check reads the whole file, and throws if it is damaged
 */
export async function saveDownload(
  response: Response,
  path: string | undefined,
  options: { check?: (bytes: AsyncIterable<Uint8Array>) => Promise<unknown> },
): Promise<{ file: string; bytes: number }> {
  const file = path ?? nameOf(response);
  if (await exists(file)) throw new CliError(`${file} exists already. Move it, or give another name.`);
  const part = `${file}.part`;
  const bar = startProgress({ total: Number(response.headers.get('content-length') ?? 0), unit: 'bytes' });
  let bytes = 0;
  try {
    if (!response.body) throw new CliError('The server sent no content.');
    // Removes the rest of a killed command. A new file gets the right mode.
    await rm(part, { force: true });
    const body = Readable.fromWeb(response.body as ReadableStream<Uint8Array>);
    body.on('data', (chunk: Uint8Array) => {
      bytes += chunk.byteLength;
      bar.advance(chunk.byteLength);
    });
    await pipeline(body, createWriteStream(part, { mode: 0o600, flags: 'wx' }));
    await options.check?.(createReadStream(part));
    await sync(part);
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    // fetch throws this if the server disconnects midway.
    if (error instanceof TypeError)
      throw new KithConnectionError('the response broke off; nothing was saved', { cause: error });
    throw error;
  } finally {
    bar.stop();
  }
  return { file, bytes };
}

/** Waits until the file's content is on the disk, before the file gets its name. */
async function sync(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

function nameOf(response: Response): string {
  const name = /filename="([\w.-]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  if (name === undefined) throw new CliError('The server sent no file name. Give one.');
  return name;
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
