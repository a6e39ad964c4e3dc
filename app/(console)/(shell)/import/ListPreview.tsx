'use client';
import type { MappedList, RowToEnrol } from '@/lib/shared/text/listMapping';
import { type Columns, DataTable } from '../../_components/ui/DataTable';
import { counted } from './counted';

/** Rows shown of those that can be imported. */
const FIRST = 10;
/** Left-out rows named at most. */
const MOST_NAMED = 200;

const columns: Columns<RowToEnrol> = [
  { id: 'row', header: 'Row', cell: ({ row: { original } }) => original.number },
  { id: 'name', header: 'Name', cell: ({ row: { original } }) => original.unique_args.user_name ?? '–' },
  { id: 'id', header: 'User ID', cell: ({ row: { original } }) => original.unique_args.user_id ?? '–' },
  {
    id: 'url',
    header: 'Picture',
    cell: ({ row: { original } }) => (
      <span className="block max-w-40 truncate sm:max-w-80" title={original.image_url.slice(0, 200)}>
        {original.image_url.slice(0, 200)}
      </span>
    ),
  },
  { id: 'groups', header: 'Groups', cell: ({ row: { original } }) => original.groups.join(', ') },
  {
    id: 'more',
    header: 'Attributes',
    cell: ({ row: { original } }) => (
      <span className="block max-w-60 truncate">
        {Object.entries(original.unique_args)
          .filter(([key]) => key !== 'user_name' && key !== 'user_id')
          .map(([key, value]) => `${key}: ${value}`)
          .join(', ')}
      </span>
    ),
  },
];

/** The first rows as they would be enrolled, and which rows are left out. */
export function ListPreview({ rows, leftOut }: MappedList) {
  return (
    <>
      {leftOut.length > 0 ? (
        <details open className="mt-3 rounded-lg bg-warn-soft px-3.5 py-2.5 text-sm">
          <summary className="cursor-pointer">
            Left out: {counted(leftOut.length, 'row', 'rows')}. Correct them in the list, then check it again.
          </summary>
          <ul className="mt-1 max-h-48 overflow-y-auto pl-4 text-[13px]" aria-label="Rows left out">
            {leftOut.slice(0, MOST_NAMED).map(({ number, reason }) => (
              <li key={number}>
                Row {number}: {reason}.
              </li>
            ))}
            {leftOut.length > MOST_NAMED ? <li>and {leftOut.length - MOST_NAMED} more</li> : null}
          </ul>
        </details>
      ) : null}
      {rows.length > 0 ? (
        <div className="mt-4 overflow-hidden rounded-xl border">
          <DataTable
            caption="First rows"
            columns={columns}
            rows={rows.slice(0, FIRST)}
            rowId={(row) => String(row.number)}
            empty={null}
          />
        </div>
      ) : null}
    </>
  );
}
