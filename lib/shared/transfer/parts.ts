import { KithError } from '@/lib/shared/contract/errors';
import type { FileLine } from '@/lib/shared/transfer/FileLine';
import { COUNTED, type Counts, type Header, noCounts, writeLine } from './format';
import { notOurs, parseHeader, parseRecord } from './parseLine';

/** What one part holds: small enough for every host's limit of a request, and one transaction of the server. */
const PART_RECORDS = 500;
const PART_BYTES = 3 * 1024 * 1024;

/**
 * Reads a whole file and answers what it says it has, before anything of it is sent.
 * @throws KithError BAD_REQUEST: malformed, cut off, of a later version
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

/** A part of a file, which is a whole file by itself. */
export interface Part {
  text: string;
  records: number;
}

/** Cuts a file that was checked into parts that are sent one after the other, each a file by itself. */
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

/** What a line is counted as; null for the last one. */
function countedAs(text: string): keyof Counts | null {
  const { type } = JSON.parse(text) as { type: keyof typeof COUNTED | 'end' };
  return type === 'end' ? null : COUNTED[type];
}
