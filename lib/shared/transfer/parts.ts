import { KithError } from '@/lib/shared/contract/errors';
import type { FileLine } from '@/lib/shared/transfer/FileLine';
import { COUNTED, type Counts, type Header, noCounts, writeLine } from './format';
import { notOurs, parseHeader, parseRecord } from './parseLine';

/** Maximum size of one part: small enough for the request limit of every host, and one transaction of the server. */
const PART_RECORDS = 500;
const PART_BYTES = 3 * 1024 * 1024;

/**
 * Reads a whole file and returns its counts, before any of it is sent.
 * @throws KithError BAD_REQUEST if it is malformed, truncated, or of a later version
 */
export async function checkFile(lines: AsyncIterable<FileLine>): Promise<Header> {
  let header: Header | undefined;
  let ended = false;
  for await (const { text, number } of lines) {
    if (header) ended = parseRecord(text, number).type === 'end';
    else header = parseHeader(text);
  }
  if (!header) throw notOurs();
  if (!ended) throw new KithError('BAD_REQUEST', 'The file was cut off: its last line is missing.');
  return header;
}

/** A part of a file, which is itself a complete file. */
export interface Part {
  text: string;
  records: number;
}

/** Splits a checked file into parts that are sent one after the other. Each is a complete file. */
export async function* parts(lines: AsyncIterable<FileLine>): AsyncGenerator<Part> {
  let header = '';
  let body: string[] = [];
  let bytes = 0;
  let contains = noCounts();
  const take = (): Part => {
    const part = { text: header + body.join('') + writeLine({ type: 'end', contains }), records: body.length };
    body = [];
    bytes = 0;
    contains = noCounts();
    return part;
  };
  for await (const { text } of lines) {
    if (header === '') {
      header = `${text}\n`;
      continue;
    }
    const counted = countedAs(text);
    if (counted === null) break;
    if (body.length >= PART_RECORDS || (bytes + text.length > PART_BYTES && body.length > 0)) yield take();
    body.push(`${text}\n`);
    bytes += text.length;
    contains[counted]++;
  }
  if (body.length > 0) yield take();
}

/** Returns the kind that a line is counted as; null for the last line. */
function countedAs(text: string): keyof Counts | null {
  const { type } = JSON.parse(text) as { type: keyof typeof COUNTED | 'end' };
  return type === 'end' ? null : COUNTED[type];
}
