'use client';
import Link from 'next/link';
import type { z } from 'zod';
import type { importSummary } from '@/lib/shared/contract/imports';
import { Badge, type Tone } from '../../_components/ui/Badge';
import { type Columns, DataTable } from '../../_components/ui/DataTable';
import { Time } from '../../_components/ui/Time';

export type ImportSummary = z.output<typeof importSummary>;

export const IMPORT_TONES: Record<ImportSummary['status'], Tone> = {
  running: 'accent',
  paused: 'warn',
  cancelled: 'neutral',
  done: 'good',
};

const columns: Columns<ImportSummary> = [
  {
    id: 'name',
    header: 'Import',
    cell: ({ row: { original } }) => (
      <Link href={`/import/${original.import_id}`} className="font-medium hover:underline">
        {original.name}
      </Link>
    ),
  },
  {
    id: 'status',
    header: 'Status',
    cell: ({ row: { original } }) => <Badge tone={IMPORT_TONES[original.status]}>{original.status}</Badge>,
  },
  { id: 'rows', header: 'Rows', cell: ({ row: { original } }) => original.rows },
  { id: 'enrolled', header: 'Enrolled', cell: ({ row: { original } }) => original.enrolled },
  { id: 'failed', header: 'Failed', cell: ({ row: { original } }) => original.failed },
  { id: 'created', header: 'Started', cell: ({ row: { original } }) => <Time value={original.created_at} /> },
];

export function ImportList({ imports }: { imports: ImportSummary[] }) {
  return (
    <DataTable caption="Imports" columns={columns} rows={imports} rowId={(row) => String(row.import_id)} empty={null} />
  );
}
