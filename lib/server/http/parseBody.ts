import { KithError } from '@/lib/shared/contract/errors';
import { parseJson, UnacceptableJson } from '@/lib/shared/contract/json';
import { decodeUtf8 } from '@/lib/shared/text/decodeUtf8';
import { collectFields, resolveAliases } from './fieldSet';
import { parseMultipart } from './parseMultipart';
import { parseUrlEncoded } from './parseUrlEncoded';

/**
 * Returns a body's fields, in any of the three media types. An empty body has no fields.
 * @throws KithError BAD_REQUEST
 */
export function parseBody(body: Buffer, contentType: string | null): Record<string, unknown> {
  if (body.byteLength === 0) return {};
  const { type, parameters } = mediaType(contentType ?? '');
  const charset = parameters.get('charset')?.toLowerCase() ?? 'utf-8';
  if (charset !== 'utf-8' && charset !== 'utf8') throw new KithError('BAD_REQUEST', 'Text must be UTF-8.');
  switch (type) {
    case 'application/json':
      return parseObject(textOf(body));
    case 'application/x-www-form-urlencoded':
      if (looksLikeJson(body)) throw sendAsJson(type);
      return collectFields(parseUrlEncoded(textOf(body)));
    case 'multipart/form-data': {
      const boundary = parameters.get('boundary');
      if (!boundary || boundary.length > 70)
        throw new KithError('BAD_REQUEST', 'multipart/form-data needs a boundary.');
      return collectFields(parseMultipart(body, boundary));
    }
    default:
      if (looksLikeJson(body)) throw sendAsJson(type);
      throw new KithError(
        'BAD_REQUEST',
        'Content-Type must be application/json, application/x-www-form-urlencoded or multipart/form-data.',
      );
  }
}

/** The first name of a form never begins with a brace. curl sends `-d` as a form unless it has another content type. */
function looksLikeJson(body: Buffer): boolean {
  return /^\s*(?:[{[]|%7B|%5B)/i.test(body.subarray(0, 64).toString('latin1'));
}

function sendAsJson(type: string): KithError {
  const found = type === '' ? 'Content-Type is missing' : `Content-Type says ${type.slice(0, 50)}`;
  return new KithError(
    'BAD_REQUEST',
    `The body looks like JSON, but ${found}. Send it with the header Content-Type: application/json.`,
    { details: { field: 'Content-Type' } },
  );
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    if (error instanceof UnacceptableJson)
      throw new KithError('BAD_REQUEST', `The body ${error.message}.`, { cause: error });
    throw error;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new KithError('BAD_REQUEST', 'The body must be a JSON object.');
  }
  return resolveAliases(value as Record<string, unknown>);
}

function textOf(bytes: Uint8Array): string {
  try {
    return decodeUtf8(bytes);
  } catch (cause) {
    throw new KithError('BAD_REQUEST', 'The body is not UTF-8.', { cause });
  }
}

/** RFC 9110 section 8.3.1. */
function mediaType(header: string): { type: string; parameters: Map<string, string> } {
  const [type = '', ...rest] = header.split(';');
  const parameters = new Map<string, string>();
  for (const part of rest) {
    const match = /^\s*([^=\s]+)=(?:"([^"]*)"|(\S*))\s*$/.exec(part);
    if (match?.[1]) parameters.set(match[1].toLowerCase(), match[2] ?? match[3] ?? '');
  }
  return { type: type.trim().toLowerCase(), parameters };
}
