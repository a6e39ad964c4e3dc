import { readLines } from '@/lib/server/transfer/readLines';
import { checkFile } from '@/lib/shared/transfer/parts';
import { MAX_LINE_BYTES } from './maxLineBytes';

/** Reads a file that was exported to its end. Throws what is wrong with it. */
export const checkWhole = (bytes: AsyncIterable<Uint8Array>): Promise<unknown> =>
  checkFile(readLines(bytes, { maxLineBytes: MAX_LINE_BYTES }));
