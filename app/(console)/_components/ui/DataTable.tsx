'use client';
import { type ColumnDef, type RowData, tableFeatures, useTable } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { cn } from './cn';
import { useRowWindow } from './useRowWindow';

/** Rows come sorted, filtered and paged from the server, so the table registers no such features. */
export const FEATURES = tableFeatures({});
export type Columns<Row extends RowData> = ColumnDef<typeof FEATURES, Row>[];

/** A table wider than the screen must scroll by keyboard too (WCAG 2.1.1), so its region takes focus. */
const KEYBOARD_SCROLL = { tabIndex: 0 };

interface DataTableProps<Row extends RowData> {
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

export function DataTable<Row extends RowData>({ caption, columns, rows, rowId, empty, stale }: DataTableProps<Row>) {
  const table = useTable({ features: FEATURES, columns, data: rows, getRowId: rowId });
  const { table: element, rows: shown, before, after, widths, measure } = useRowWindow(rows.length);
  if (rows.length === 0) return empty;
  const all = table.getRowModel().rows;
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
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id} className="border-b">
              {group.headers.map((header, column) => (
                <th
                  key={header.id}
                  scope="col"
                  style={{ width: widths?.[column] }}
                  className="h-10 px-4 text-left text-xs font-medium whitespace-nowrap text-muted first:pl-5 last:pr-5"
                >
                  {header.isPlaceholder ? null : <table.FlexRender header={header} />}
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          <Gap height={before} />
          {shown.map((index) => {
            const row = all[index];
            return row ? (
              <tr
                key={row.id}
                ref={measure}
                data-index={index}
                aria-rowindex={index + 2}
                className="border-b last:border-b-0 hover:bg-sunken/50"
              >
                {row.getAllCells().map((cell) => (
                  <td key={cell.id} className="px-4 py-2.5 align-middle first:pl-5 last:pr-5">
                    <table.FlexRender cell={cell} />
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
