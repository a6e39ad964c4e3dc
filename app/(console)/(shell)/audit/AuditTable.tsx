'use client';
import { ScrollText } from 'lucide-react';
import type { z } from 'zod';
import type { auditEntry } from '@/lib/shared/contract/audit';
import { Badge } from '../../_components/ui/Badge';
import { type Columns, DataTable } from '../../_components/ui/DataTable';
import { EmptyState } from '../../_components/ui/EmptyState';
import { Time } from '../../_components/ui/Time';
import { actionWords } from './actionWords';

type Entry = z.output<typeof auditEntry>;

const columns: Columns<Entry> = [
  { id: 'at', header: 'When', cell: ({ row: { original } }) => <Time value={original.at} /> },
  {
    id: 'who',
    header: 'Who',
    cell: ({ row: { original } }) => (
      <span className="block max-w-56 truncate">
        {original.actor_name}{' '}
        <span className="text-muted">{original.actor_kind === 'user' ? '' : original.actor_kind}</span>
      </span>
    ),
  },
  { id: 'action', header: 'What', cell: ({ row: { original } }) => <Badge>{actionWords(original.action)}</Badge> },
  {
    id: 'subject',
    header: 'Object',
    cell: ({ row: { original } }) => `${original.subject_kind}${original.subject_id ? ` ${original.subject_id}` : ''}`,
  },
  {
    id: 'details',
    header: 'Details',
    cell: ({ row: { original } }) => (
      <span className="text-muted">
        {Object.entries(original.details)
          .filter(([, value]) => value !== null)
          .map(([key, value]) => `${key.replaceAll('_', ' ')}: ${value}`)
          .join(', ')}
      </span>
    ),
  },
  { id: 'address', header: 'IP address', cell: ({ row: { original } }) => original.address ?? '' },
];

export function AuditTable({ entries }: { entries: Entry[] }) {
  return (
    <DataTable
      caption="Audit log"
      columns={columns}
      rows={entries}
      rowId={(row) => String(row.id)}
      empty={<EmptyState icon={ScrollText} title="No entries" description="No entries match." />}
    />
  );
}
