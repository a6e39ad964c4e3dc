'use client';
import { Webhook } from 'lucide-react';
import Link from 'next/link';
import type { WebhookAnswer } from '@/lib/shared/contract/webhooks';
import { Badge } from '../../_components/ui/Badge';
import { type Columns, DataTable } from '../../_components/ui/DataTable';
import { EmptyState } from '../../_components/ui/EmptyState';
import { Time } from '../../_components/ui/Time';
import { eventLabel } from './events';

const columns: Columns<WebhookAnswer> = [
  {
    id: 'url',
    header: 'Address',
    cell: ({ row: { original } }) => (
      <Link
        href={`/webhooks/${original.webhook_id}`}
        className="block max-w-80 min-w-40 truncate font-medium hover:underline"
        title={original.url}
      >
        {original.url}
      </Link>
    ),
  },
  {
    id: 'events',
    header: 'Events',
    cell: ({ row: { original } }) => (
      <span className="flex max-w-72 flex-wrap gap-1">
        {original.events.map((event) => (
          <Badge key={event}>{eventLabel(event)}</Badge>
        ))}
        {original.include_names ? <Badge tone="warn">with names</Badge> : null}
      </span>
    ),
  },
  {
    id: 'status',
    header: 'Status',
    cell: ({ row: { original } }) => (
      <Badge tone={original.active ? 'good' : 'neutral'}>{original.active ? 'active' : 'paused'}</Badge>
    ),
  },
  {
    id: 'delivered',
    header: 'Last delivered',
    cell: ({ row: { original } }) =>
      original.last_delivered_at ? (
        <Time value={original.last_delivered_at} />
      ) : (
        <span className="text-muted">never</span>
      ),
  },
  { id: 'waiting', header: 'Waiting', cell: ({ row: { original } }) => original.waiting },
  {
    id: 'failed',
    header: 'Failed',
    cell: ({ row: { original } }) =>
      original.failed > 0 ? (
        <Link href={`/webhooks/${original.webhook_id}?status=failed`} className="font-medium text-bad hover:underline">
          {original.failed}
        </Link>
      ) : (
        0
      ),
  },
];

export function WebhooksTable({ webhooks }: { webhooks: WebhookAnswer[] }) {
  return (
    <DataTable
      caption="Webhooks"
      columns={columns}
      rows={webhooks}
      rowId={(row) => String(row.webhook_id)}
      empty={
        <EmptyState
          icon={Webhook}
          title="No webhooks yet"
          description="Add a URL to receive recognitions, enrolments and deletions."
        />
      }
    />
  );
}
