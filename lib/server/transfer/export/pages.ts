import { type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';

/** Rows read at a time. */
export const PAGE = 500;

/** Rows one by one, read page after page: `read` gives up to `PAGE` rows after a cursor, in the order of cursors. */
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

/** An instant in UTC to the microsecond, which a Date of JavaScript does not hold. */
export const utc = (column: AnyPgColumn): SQL<string> =>
  sql<string>`to_char(${column} at time zone 'UTC', ${sql.raw(`'${FORMAT}'`)})`;

/** The same of a column that may be null. */
export const utcOrNull = (column: AnyPgColumn): SQL<string | null> => utc(column) as SQL<string | null>;
