import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { fileTypeFromBuffer } from 'file-type';
import { kindByExtension } from '@/lib/shared/text/fileKind';
import { CliError } from './CliError';
import { httpGet, readBody } from './httpGet';
import { isAddress } from './isAddress';
import type { FfmpegInput } from './video/readFrames';
import { addressInput } from './video/source';

/** Maximum size of a picture that is downloaded or read from standard input, bytes. */
const MAX_BYTES = 256e6;
/** Number of bytes from which the type of standard input is detected. */
const SNIFFED_BYTES = 4100;

/** Opened argument: the bytes of a picture, or a video for ffmpeg. */
export type OpenedInput = { kind: 'picture'; bytes: Uint8Array } | { kind: 'video'; input: FfmpegInput };

/**
 * Opens a file, an address, or `-` for standard input. The kind is detected by the file extension, the server's
 * response, or the content.
 * @throws CliError if an address returns nothing; errors of the file system
 */
export async function openInput(path: string): Promise<OpenedInput> {
  if (path === '-') return openStream(process.stdin);
  if (!isAddress(path)) {
    if (kindByExtension(path) === 'video') return { kind: 'video', input: addressInput(path) };
    return { kind: 'picture', bytes: await readFile(path) };
  }
  if (!URL.canParse(path)) throw new CliError('the address is not valid.');
  if (!/^https?:/i.test(path) || kindByExtension(new URL(path).pathname) === 'video') {
    return { kind: 'video', input: addressInput(path) };
  }
  try {
    const response = await httpGet(path);
    const type = response.headers.get('content-type') ?? '';
    if (/^(video|multipart)\//i.test(type) || /mpegurl/i.test(type)) {
      await response.body?.cancel();
      return { kind: 'video', input: addressInput(path) };
    }
    return { kind: 'picture', bytes: await readBody(response, MAX_BYTES) };
  } catch (error) {
    throw new CliError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/**
 * Reads a picture from a file, an address or standard input.
 * @throws CliError for a video, or if an address returns nothing; errors of the file system
 */
export async function readPicture(path: string): Promise<Uint8Array> {
  // A file counts as a picture, whatever its name.
  if (path !== '-' && !isAddress(path)) return readFile(path);
  const opened = await openInput(path);
  if (opened.kind === 'picture') return opened.bytes;
  throw new CliError('it is a video, and a picture is needed.');
}

/** Reads a stream that is a picture. Passes on any other stream as a video. */
async function openStream(stream: Readable): Promise<OpenedInput> {
  const chunks: Buffer[] = [];
  let length = 0;
  let isPicture: boolean | undefined;
  const iterator: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]();
  for (let next = await iterator.next(); ; next = await iterator.next()) {
    if (!next.done) {
      chunks.push(next.value);
      length += next.value.length;
    }
    if (isPicture === undefined && (next.done || length >= SNIFFED_BYTES)) {
      const type = await fileTypeFromBuffer(Buffer.concat(chunks));
      // The picture decoder refuses everything else.
      isPicture = type === undefined || !/^(video|audio)\//.test(type.mime);
    }
    if (isPicture === false) return { kind: 'video', input: { input: 'pipe:0', stdin: joined(chunks, iterator) } };
    if (next.done) return { kind: 'picture', bytes: Buffer.concat(chunks) };
    if (length > MAX_BYTES) throw new CliError(`it has more than ${MAX_BYTES / 1e6} MB.`);
  }
}

/** Returns a stream of the chunks that were read, followed by the rest. */
function joined(read: readonly Buffer[], rest: AsyncIterator<Buffer>): Readable {
  const all = async function* () {
    yield* read;
    yield* { [Symbol.asyncIterator]: () => rest };
  };
  return Readable.from(all(), { objectMode: false });
}
