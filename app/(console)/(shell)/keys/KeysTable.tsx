'use client';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import type { z } from 'zod';
import { type key, revokeKey } from '@/lib/shared/contract/keys';
import { GroupNames } from '../../_components/people/GroupNames';
import { Badge } from '../../_components/ui/Badge';
import { Button } from '../../_components/ui/Button';
import { ConfirmDialog } from '../../_components/ui/ConfirmDialog';
import { type Columns, DataTable } from '../../_components/ui/DataTable';
import { EmptyState } from '../../_components/ui/EmptyState';
import { Time } from '../../_components/ui/Time';
import { call } from '../../_lib/api';
import { useChange } from '../../_lib/useChange';

type Key = z.output<typeof key>;

function StatusBadge({ of }: { of: Key }) {
  if (of.revoked_at) return <Badge tone="bad">revoked</Badge>;
  if (of.expires_at && new Date(of.expires_at) < new Date()) return <Badge tone="warn">expired</Badge>;
  return <Badge tone="good">in use</Badge>;
}

export function KeysTable({ keys }: { keys: Key[] }) {
  const { run } = useChange();
  const [revoking, setRevoking] = useState<Key | null>(null);
  const columns: Columns<Key> = [
    {
      id: 'name',
      header: 'Name',
      cell: ({ row: { original } }) => (
        <div>
          <p className="font-medium">{original.name}</p>
          <p className="font-mono text-xs text-muted">{original.prefix}…</p>
        </div>
      ),
    },
    {
      id: 'scopes',
      header: 'Scopes',
      cell: ({ row: { original } }) => (
        <span className="flex max-w-80 flex-wrap gap-1">
          {original.scopes.map((scope) => (
            <Badge key={scope}>{scope}</Badge>
          ))}
        </span>
      ),
    },
    { id: 'groups', header: 'Works on', cell: ({ row: { original } }) => <GroupNames groups={original.groups} /> },
    { id: 'status', header: 'Status', cell: ({ row: { original } }) => <StatusBadge of={original} /> },
    {
      id: 'used',
      header: 'Last used',
      cell: ({ row: { original } }) =>
        original.last_used_at ? <Time value={original.last_used_at} /> : <span className="text-muted">never</span>,
    },
    {
      id: 'expires',
      header: 'Expires',
      cell: ({ row: { original } }) =>
        original.expires_at ? <Time value={original.expires_at} /> : <span className="text-muted">never</span>,
    },
    {
      id: 'actions',
      header: () => <span className="sr-only">Actions</span>,
      cell: ({ row: { original } }) =>
        original.revoked_at ? null : (
          <Button
            size="sm"
            variant="quietDanger"
            aria-label={`Revoke ${original.name}`}
            onClick={() => setRevoking(original)}
          >
            Revoke
          </Button>
        ),
    },
  ];
  return (
    <>
      <DataTable
        caption="API keys"
        columns={columns}
        rows={keys}
        rowId={(row) => String(row.key_id)}
        empty={
          <EmptyState
            icon={KeyRound}
            title="No keys yet"
            description="Create one for each program that uses the API."
          />
        }
      />
      <ConfirmDialog
        open={revoking !== null}
        onOpenChange={(open) => !open && setRevoking(null)}
        title={`Revoke ${revoking?.name}`}
        description="Programs that use this key stop working immediately. A revoked key cannot be restored."
        action="Revoke key"
        onConfirm={async () => {
          if (!revoking) return;
          await call(revokeKey, { params: { key_id: revoking.key_id } });
          await run(async () => undefined, { done: `${revoking.name} is revoked.` });
        }}
      />
    </>
  );
}
