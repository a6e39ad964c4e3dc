import { once } from 'node:events';
import { join } from 'node:path';
import { PassThrough, Readable, type Writable } from 'node:stream';
import type { Connection } from '@/db/client';
import { fileHeaders } from '@/lib/server/platform/answerHeaders';
import { FairShare } from '@/lib/server/platform/FairShare';
import { log } from '@/lib/server/platform/log';
import { processWide } from '@/lib/server/platform/processWide';
import { KithError } from '@/lib/shared/contract/errors';
import { spool } from './spool';

/** Maximum number of concurrent downloads. Each holds a connection of the database. */
const AT_ONCE = 2;
/** Time without any reads after which a download is ended, because it holds a transaction open, ms. */
const STALL_MS = 120_000;

export interface Download {
  type: string;
  filename: string;
  /** Folder for a spool file, if one is needed. */
  dataDir: string;
  /** Writes everything and ends the sink. */
  write: (sink: Writable) => Promise<void>;
}

/**
 * Returns a response that is sent while it is written. The embedded database has one connection, which a slow reader
 * must not hold. Its data are first written to a file, at the speed of the disk.
 * @throws KithError OVERLOADED, and what `write` throws before its first byte
 */
export async function download({ kind }: Pick<Connection, 'kind'>, options: Download): Promise<Response> {
  const { write, dataDir } = options;
  const headers = new Headers(fileHeaders(options));
  const release = takePlace();
  if (kind === 'postgres') return new Response(await streamed(write, release), { headers });
  try {
    const { stream, bytes } = await spool(join(dataDir, 'spool'), write);
    headers.set('Content-Length', String(bytes));
    return new Response(webStream(stream), { headers });
  } finally {
    release();
  }
}

function takePlace(): () => void {
  const places = processWide('downloads', () => new FairShare());
  if (places.total >= AT_ONCE) {
    throw new KithError('OVERLOADED', 'Other exports are being written. Try again shortly.', { retryAfterSeconds: 10 });
  }
  places.add('downloads', 1);
  return () => places.giveBack('downloads', 1);
}

async function streamed(write: (sink: Writable) => Promise<void>, release: () => void): Promise<ReadableStream> {
  const pipe = new PassThrough();
  const stall = stallTimer(pipe);
  const written = write(pipe).finally(() => {
    stall.stop();
    release();
  });
  // Once bytes have been sent, an error can only break off the response.
  written.catch((error: unknown) => pipe.destroy(error instanceof Error ? error : new Error(String(error))));
  await Promise.race([once(pipe, 'readable'), written]);
  written.catch((error: unknown) => log().info({ err: error }, 'a download was broken off'));
  return webStream(pipe);
}

function stallTimer(pipe: PassThrough): { stop(): void } {
  let timer: NodeJS.Timeout;
  const restart = () => {
    clearTimeout(timer);
    timer = setTimeout(() => pipe.destroy(new Error('the reader takes nothing any more')), STALL_MS);
  };
  restart();
  pipe.on('drain', restart);
  return { stop: () => clearTimeout(timer) };
}

const webStream = (stream: Readable): ReadableStream => Readable.toWeb(stream) as ReadableStream;
