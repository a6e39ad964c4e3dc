import type { z } from 'zod';
import { KithError } from '@/lib/shared/contract/errors';
import { parseJson, UnacceptableJson } from '@/lib/shared/contract/json';
import { wording } from '@/lib/shared/contract/wording';
import { end, FORMAT_VERSION, type Header, header, record, type TransferRecord } from './format';

/** Parses the first line. Throws BAD_REQUEST if it is another kind of file, or of an unknown version. */
export function parseHeader(text: string): Header {
  const value = jsonOf(text, 1);
  if (typeof value !== 'object' || value === null || !('type' in value) || value.type !== 'kith') {
    throw notOurs();
  }
  if ('version' in value && typeof value.version === 'number' && value.version > FORMAT_VERSION) {
    throw new KithError(
      'BAD_REQUEST',
      `The file is of version ${value.version}, and this server reads up to version ${FORMAT_VERSION}: update it first.`,
    );
  }
  return check(header, value, 1);
}

/** Parses any other line. Throws BAD_REQUEST with the line and the field. */
export function parseRecord(text: string, line: number): TransferRecord | z.output<typeof end> {
  const value = jsonOf(text, line);
  const isEnd = typeof value === 'object' && value !== null && 'type' in value && value.type === 'end';
  return isEnd ? check(end, value, line) : check(record, value, line);
}

export const notOurs = (cause?: unknown) =>
  new KithError('BAD_REQUEST', 'This is not a file that Kith exported.', { cause });

/** Returns the error for one line of the file. */
export const lineError = (line: number, problem: string, cause?: unknown) =>
  new KithError('BAD_REQUEST', `Line ${line}: ${problem}.`, { details: { line }, cause });

function jsonOf(text: string, line: number): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof UnacceptableJson)) throw error;
    if (line === 1) throw notOurs(error);
    throw lineError(line, error.message, error);
  }
}

function check<Schema extends z.ZodType>(schema: Schema, value: unknown, line: number): z.output<Schema> {
  const result = schema.safeParse(value, { error: wording });
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = issue?.path.map(String).join('.') ?? '';
  throw lineError(line, `${field || 'it'} ${issue?.message ?? 'is not valid'}`, result.error);
}
