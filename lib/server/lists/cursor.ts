import { KithError } from '@/lib/shared/contract/errors';

/** Where a page of a list ended: the sort key and the id of its last row. */
export type Position = [key: string | number, id: number];

/** Writes a cursor. Callers take it as it is; it holds nothing secret. */
export function writeCursor(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** Reads a cursor of a list sorted by `type` of keys. Throws BAD_REQUEST. */
export function readCursor(cursor: string, type: 'string' | 'number'): Position {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(position) && position.length === 2) {
      const [key, id] = position;
      const fits = type === 'string' ? typeof key === 'string' : Number.isFinite(key);
      if (fits && Number.isSafeInteger(id)) return [key, id];
    }
  } catch (cause) {
    throw new KithError('BAD_REQUEST', 'cursor is not one of this list', { cause, details: { field: 'cursor' } });
  }
  throw new KithError('BAD_REQUEST', 'cursor is not one of this list', { details: { field: 'cursor' } });
}
