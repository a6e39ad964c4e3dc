import { KithError } from '@/lib/shared/contract/errors';
import { decodeUtf8 } from '@/lib/shared/text/decodeUtf8';
import type { FieldValue } from './fieldSet';

const MAX_PARTS = 100;
const MAX_HEADER_BYTES = 8 * 1024;
const CRLF = Buffer.from('\r\n');
const HEADER_END = Buffer.from('\r\n\r\n');

/**
 * Returns the fields of a `multipart/form-data` body (RFC 7578). Files are views into `body`, not copies. A part is a
 * file if it has a file name or a media type other than text. Its bytes tell later what kind of picture it is.
 * @throws KithError BAD_REQUEST
 */
export function parseMultipart(body: Buffer, boundary: string): [string, FieldValue][] {
  const delimiter = Buffer.from(`--${boundary}`);
  const parts: [string, FieldValue][] = [];
  // RFC 2046 section 5.1.1: text before the first delimiter is ignored.
  let at = body.indexOf(delimiter);
  if (at < 0) throw malformed('no part');
  for (;;) {
    at += delimiter.length;
    if (body.subarray(at, at + 2).toString('latin1') === '--') return parts;
    // Spaces may follow a delimiter ("transport padding").
    while (body[at] === 0x20 || body[at] === 0x09) at++;
    if (!body.subarray(at, at + 2).equals(CRLF)) throw malformed('a broken delimiter');
    const next = body.indexOf(Buffer.concat([CRLF, delimiter]), at);
    if (next < 0) throw malformed('no end');
    if (parts.length >= MAX_PARTS) throw malformed(`more than ${MAX_PARTS} parts`);
    parts.push(readPart(body.subarray(at + 2, next)));
    at = next + 2;
  }
}

function readPart(part: Buffer): [string, FieldValue] {
  const end = part.indexOf(HEADER_END);
  if (end < 0 || end > MAX_HEADER_BYTES) throw malformed('a part without headers');
  const headers = textOf(part.subarray(0, end));
  const content = part.subarray(end + HEADER_END.length);
  const disposition = header(headers, 'content-disposition') ?? '';
  if (!/^form-data\b/i.test(disposition)) throw malformed('a part that is not form-data');
  const name = parameter(disposition, 'name');
  if (!name) throw malformed('a part without a name');
  const type = header(headers, 'content-type')?.toLowerCase();
  const isFile = parameter(disposition, 'filename') !== undefined || (type !== undefined && !type.startsWith('text/'));
  return [name, isFile ? content : textOf(content)];
}

function header(headers: string, name: string): string | undefined {
  for (const line of headers.split('\r\n')) {
    const colon = line.indexOf(':');
    if (line.slice(0, colon).trim().toLowerCase() === name) return line.slice(colon + 1).trim();
  }
  return undefined;
}

const PARAMETERS = {
  name: /;\s*name=(?:"([^"]*)"|([^;\s]+))/i,
  filename: /;\s*filename=(?:"([^"]*)"|([^;\s]+))/i,
};

/**
 * WHATWG HTML, "multipart form data": `"`, CR and LF in names are percent-encoded. A backslash has no special meaning.
 */
function parameter(value: string, name: keyof typeof PARAMETERS): string | undefined {
  const match = PARAMETERS[name].exec(value);
  const text = match?.[1] ?? match?.[2];
  return text?.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n');
}

function textOf(bytes: Uint8Array): string {
  try {
    return decodeUtf8(bytes, { keepMark: true });
  } catch (cause) {
    throw new KithError('BAD_REQUEST', 'The multipart body contains text that is not UTF-8.', { cause });
  }
}

function malformed(what: string): KithError {
  return new KithError('BAD_REQUEST', `The multipart body is malformed: it has ${what}.`);
}
