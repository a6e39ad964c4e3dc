import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { KithError } from '@/lib/shared/contract/errors';
import { decodeUtf8 } from '@/lib/shared/text/decodeUtf8';
import type { FileLine } from '@/lib/shared/transfer/FileLine';
import { isGzip } from '@/lib/shared/transfer/isGzip';
import { lineError, notOurs } from '@/lib/shared/transfer/parseLine';

const NEWLINE = 0x0a;

/**
 * Yields the lines of a file as its bytes arrive, compressed or not. At most one line is in memory, however large the
 * unpacked file is.
 * @param maxLineBytes a longer line is rejected before it is read to its end
 * @throws KithError BAD_REQUEST for another kind of file, or if it is truncated or damaged
 */
export async function* readLines(
  source: AsyncIterable<Uint8Array>,
  { maxLineBytes }: { maxLineBytes: number },
): AsyncGenerator<FileLine> {
  let number = 0;
  let parts: Uint8Array[] = [];
  let size = 0;
  const take = (end: Uint8Array): FileLine => {
    const text = decode(Buffer.concat([...parts, end]), number + 1);
    parts = [];
    size = 0;
    return { text, number: ++number };
  };
  for await (const chunk of unpacked(source)) {
    let start = 0;
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, start)) {
      if (size + at - start > maxLineBytes) throw tooLong(number + 1, maxLineBytes);
      yield take(chunk.subarray(start, at));
      start = at + 1;
    }
    const rest = chunk.subarray(start);
    size += rest.byteLength;
    if (size > maxLineBytes) throw tooLong(number + 1, maxLineBytes);
    if (rest.byteLength > 0) parts.push(rest);
  }
  if (size > 0) yield take(new Uint8Array());
}

const tooLong = (line: number, bytes: number) => lineError(line, `it is longer than ${bytes} bytes`);

function decode(bytes: Uint8Array, line: number): string {
  try {
    return decodeUtf8(bytes, { keepMark: line > 1 });
  } catch (cause) {
    throw line === 1 ? notOurs(cause) : lineError(line, 'it is not UTF-8', cause);
  }
}

async function* unpacked(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  let first = new Uint8Array();
  while (first.byteLength < 2) {
    const { done, value } = await iterator.next();
    if (done) break;
    first = Buffer.concat([first, value]);
  }
  const whole = (async function* () {
    if (first.byteLength > 0) yield first;
    yield* { [Symbol.asyncIterator]: () => iterator };
  })();
  if (!isGzip(first)) {
    yield* whole;
    return;
  }
  const gunzip = createGunzip();
  // The reader gets its errors.
  pipeline(Readable.from(whole), gunzip, () => undefined);
  try {
    yield* gunzip;
  } catch (error) {
    if (error instanceof KithError || !isZlibError(error)) throw error;
    throw new KithError('BAD_REQUEST', 'The file is damaged or was cut off: it cannot be unpacked.', { cause: error });
  }
}

const isZlibError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');
