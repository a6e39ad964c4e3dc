'use client';
import type { ReactNode } from 'react';
import { cn } from './cn';
import { useRowWindow } from './useRowWindow';

/** A column of a table whose rows come sorted, filtered and paged from the server. */
interface Column<Row> {
  /** Unique in its table. */
  id: string;
  header: ReactNode | (() => ReactNode);
  cell: (shown: { row: { original: Row } }) => ReactNode;
}

export type Columns<Row> = Column<Row>[];

/** A table wider than the screen must scroll by keyboard too (WCAG 2.1.1), so its region takes focus. */
const KEYBOARD_SCROLL = { tabIndex: 0 };

interface DataTableProps<Row> {
  /** Accessible name of the table. */
  caption: string;
  columns: Columns<Row>;
  rows: Row[];
  rowId: (row: Row) => string;
  /** Shown in place of rows when there are none. */
  empty: ReactNode;
  /** Dims the rows while newer ones are loading. */
  stale?: boolean;
}

export function DataTable<Row>({ caption, columns, rows, rowId, empty, stale }: DataTableProps<Row>) {
  const { table: element, rows: shown, before, after, widths, measure } = useRowWindow(rows.length);
  if (rows.length === 0) return empty;
  return (
    <section
      className={cn('relative overflow-x-auto transition-opacity', stale && 'opacity-60')}
      aria-label={caption}
      {...KEYBOARD_SCROLL}
    >
      <table
        ref={element}
        aria-rowcount={rows.length + 1}
        className={cn('w-full border-collapse text-sm', widths && 'table-fixed')}
      >
        <thead>
          <tr className="border-b">
            {columns.map(({ id, header }, column) => (
              <th
                key={id}
                scope="col"
                style={{ width: widths?.[column] }}
                className="h-10 px-4 text-left text-xs font-medium whitespace-nowrap text-muted first:pl-5 last:pr-5"
              >
                {typeof header === 'function' ? header() : header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap height={before} />
          {shown.map((index) => {
            const row = rows[index];
            return row ? (
              <tr
                key={rowId(row)}
                ref={measure}
                data-index={index}
                aria-rowindex={index + 2}
                className="border-b last:border-b-0 hover:bg-sunken/50"
              >
                {columns.map(({ id, cell }) => (
                  <td key={id} className="px-4 py-2.5 align-middle first:pl-5 last:pr-5">
                    {cell({ row: { original: row } })}
                  </td>
                ))}
              </tr>
            ) : null;
          })}
          <Gap height={after} />
        </tbody>
      </table>
    </section>
  );
}

/** Placeholder for rows that are not in the document. */
function Gap({ height }: { height: number }) {
  return height > 0 ? (
    <tr aria-hidden>
      <td style={{ height }} />
    </tr>
  ) : null;
}
