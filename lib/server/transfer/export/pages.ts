import { type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';

/** Number of rows read at once. */
export const PAGE = 500;

/**
 * Yields rows one by one, and reads them page by page. `read` returns up to `PAGE` rows after a cursor, in the order of
 * the cursors.
 */
export async function* pages<Row, Cursor>(options: {
  start: Cursor;
  read: (after: Cursor) => PromiseLike<Row[]>;
  cursorOf: (row: Row) => Cursor;
}): AsyncGenerator<Row[]> {
  for (let after = options.start; ; ) {
    const rows = await options.read(after);
    const last = rows.at(-1);
    if (last !== undefined) yield rows;
    if (last === undefined || rows.length < PAGE) return;
    after = options.cursorOf(last);
  }
}

const FORMAT = 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"';

/** Returns a time in UTC to the microsecond. A Date of JavaScript has milliseconds only. */
export const utc = (column: AnyPgColumn): SQL<string> =>
  sql<string>`to_char(${column} at time zone 'UTC', ${sql.raw(`'${FORMAT}'`)})`;

/** The same for a nullable column. */
export const utcOrNull = (column: AnyPgColumn): SQL<string | null> => utc(column) as SQL<string | null>;
