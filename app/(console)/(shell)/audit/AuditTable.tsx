'use client';
import { ScrollText } from 'lucide-react';
import Link from 'next/link';
import type { z } from 'zod';
import type { auditEntry } from '@/lib/shared/contract/audit';
import { nameOf } from '../../_components/people/nameOf';
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
    cell: ({ row: { original } }) => <Subject entry={original} />,
  },
  {
    id: 'details',
    header: 'Details',
    cell: ({ row: { original } }) => (
      <span className="text-muted">
        {Object.entries(original.details)
          .filter(([, value]) => value !== null)
          .map(([key, value]) => `${key.replace(/_id$/, '').replaceAll('_', ' ')}: ${textOf(original, key, value)}`)
          .join(', ')}
      </span>
    ),
  },
  { id: 'address', header: 'IP address', cell: ({ row: { original } }) => original.address ?? '' },
];

/** The details that are ids of people. */
const PERSON_DETAILS = ['person_id', 'was_person_id', 'other_person_id', 'from', 'into'];

/** A person's name instead of their id, as long as they are there. */
function textOf(entry: Entry, key: string, value: string | number | boolean | null): string {
  const person = PERSON_DETAILS.includes(key) && entry.people.find(({ person_id }) => person_id === value);
  return person ? nameOf(person) : String(value);
}

function Subject({ entry }: { entry: Entry }) {
  const { subject_kind: kind, subject_id: id } = entry;
  const person = kind === 'person' ? entry.people.find(({ person_id }) => String(person_id) === id) : undefined;
  const text = person ? nameOf(person) : `${kind}${id && kind !== 'event' ? ` ${id}` : ''}`;
  if (person) {
    return (
      <Link href={`/people/${person.person_id}`} className="hover:underline">
        {text}
      </Link>
    );
  }
  if (kind !== 'event' || id === null) return text;
  return (
    <Link href={`/events/${id}`} className="hover:underline">
      {text}
    </Link>
  );
}

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
