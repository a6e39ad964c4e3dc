import { KithError } from '@/lib/shared/contract/errors';

/** Types of sort keys. `time` is an instant to the millisecond. */
interface Keys {
  string: string;
  number: number;
  time: Date;
}

/** Types of row ids. */
interface Ids {
  integer: number;
  uuid: string;
}

/** End of a page of a list: the sort key and the id of its last row. */
export type Position<Key extends keyof Keys, Id extends keyof Ids> = readonly [key: Keys[Key], id: Ids[Id]];

const KEY: { [K in keyof Keys]: (value: unknown) => Keys[K] | null } = {
  string: (value) => (typeof value === 'string' ? value : null),
  number: (value) => (typeof value === 'number' && Number.isFinite(value) ? value : null),
  time: (value) => {
    const time = new Date(Number.isSafeInteger(value) ? (value as number) : Number.NaN);
    return Number.isNaN(time.getTime()) ? null : time;
  },
};

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const ID: { [I in keyof Ids]: (value: unknown) => Ids[I] | null } = {
  integer: (value) => (Number.isSafeInteger(value) ? (value as number) : null),
  uuid: (value) => (typeof value === 'string' && UUID.test(value) ? value : null),
};

/** Encodes a cursor. Callers pass it back unchanged; it contains nothing secret. */
export function writeCursor([key, id]: readonly [key: string | number | Date, id: number | string]): string {
  return Buffer.from(JSON.stringify([key instanceof Date ? key.getTime() : key, id])).toString('base64url');
}

/**
 * Decodes the cursor of a list that is sorted by keys of one type, then by ids of one type.
 *
 * @throws KithError BAD_REQUEST
 */
export function readCursor<Key extends keyof Keys, Id extends keyof Ids>(
  cursor: string,
  types: { key: Key; id: Id },
): Position<Key, Id> {
  const position = parse(cursor);
  if (Array.isArray(position) && position.length === 2) {
    const key = KEY[types.key](position[0]);
    const id = ID[types.id](position[1]);
    if (key !== null && id !== null) return [key, id];
  }
  throw new KithError('BAD_REQUEST', 'cursor is not one of this list', { details: { field: 'cursor' } });
}

/** Returns the content of a cursor, or undefined if it is not JSON. */
function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}
