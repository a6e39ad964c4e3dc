import { readLines } from '@/lib/server/transfer/readLines';
import { checkFile } from '@/lib/shared/transfer/parts';
import { MAX_LINE_BYTES } from './maxLineBytes';

/** Reads an exported file to its end. Throws if it is damaged. */
export const checkWhole = (bytes: AsyncIterable<Uint8Array>): Promise<unknown> =>
  checkFile(readLines(bytes, { maxLineBytes: MAX_LINE_BYTES }));
