'use client';
import { Smartphone } from 'lucide-react';
import { useState } from 'react';
import type { z } from 'zod';
import { type device, revokeDevice } from '@/lib/contract/devices';
import { Badge, type Tone } from '../../_components/ui/Badge';
import { Button } from '../../_components/ui/Button';
import { ConfirmDialog } from '../../_components/ui/ConfirmDialog';
import { type Columns, DataTable } from '../../_components/ui/DataTable';
import { EmptyState } from '../../_components/ui/EmptyState';
import { Time } from '../../_components/ui/Time';
import { call } from '../../_lib/api';
import { useChange } from '../../_lib/useChange';

type Device = z.output<typeof device>;

const TONES: Record<Device['status'], Tone> = { paired: 'good', pairing: 'accent', expired: 'warn', revoked: 'bad' };

export function DevicesTable({ devices, manages }: { devices: Device[]; manages: boolean }) {
  const { run } = useChange();
  const [revoking, setRevoking] = useState<Device | null>(null);
  const columns: Columns<Device> = [
    {
      id: 'name',
      header: 'Device',
      cell: ({ row: { original } }) => <span className="font-medium">{original.name}</span>,
    },
    {
      id: 'status',
      header: 'Status',
      cell: ({ row: { original } }) => <Badge tone={TONES[original.status]}>{original.status}</Badge>,
    },
    {
      id: 'contact',
      header: 'Last contact',
      cell: ({ row: { original } }) =>
        original.last_contact_at ? (
          <Time value={original.last_contact_at} />
        ) : (
          <span className="text-muted">never</span>
        ),
    },
    {
      id: 'gallery',
      header: 'Gallery as of',
      cell: ({ row: { original } }) =>
        original.gallery_version ? (
          <span>
            <Time value={new Date(original.gallery_version).toISOString()} />
            <span className="text-muted"> · {original.gallery_faces ?? 0} faces</span>
          </span>
        ) : (
          <span className="text-muted">none</span>
        ),
    },
    { id: 'waiting', header: 'Unsent', cell: ({ row: { original } }) => original.waiting_events ?? 0 },
    {
      id: 'actions',
      header: () => <span className="sr-only">Actions</span>,
      cell: ({ row: { original } }) =>
        manages && original.status !== 'revoked' ? (
          <Button
            size="sm"
            variant="quietDanger"
            aria-label={`Revoke ${original.name}`}
            onClick={() => setRevoking(original)}
          >
            Revoke
          </Button>
        ) : null,
    },
  ];
  return (
    <>
      <DataTable
        caption="Devices"
        columns={columns}
        rows={devices}
        rowId={(row) => String(row.device_id)}
        empty={
          <EmptyState
            icon={Smartphone}
            title="No devices yet"
            description="Pair a phone with a QR code, and it recognises people offline."
          />
        }
      />
      <ConfirmDialog
        open={revoking !== null}
        onOpenChange={(open) => !open && setRevoking(null)}
        title={`Revoke ${revoking?.name}`}
        description="It can read nothing more at once, and wipes what it keeps at its next contact."
        action="Revoke device"
        onConfirm={async () => {
          if (!revoking) return;
          await call(revokeDevice, { params: { device_id: revoking.device_id } });
          await run(async () => undefined, { done: `${revoking.name} is revoked.` });
        }}
      />
    </>
  );
}
