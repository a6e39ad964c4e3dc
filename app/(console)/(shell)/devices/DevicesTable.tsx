'use client';
import { Smartphone, Trash2, UserRoundPlus, UserRoundX, UsersRound } from 'lucide-react';
import { useState } from 'react';
import type { z } from 'zod';
import {
  changeDevice,
  type device,
  LIVENESS_MODES,
  type LivenessMode,
  revokeDevice,
} from '@/lib/shared/contract/devices';
import type { GroupOption } from '../../_components/people/GroupChoice';
import { GroupNames } from '../../_components/people/GroupNames';
import { ActionMenu } from '../../_components/ui/ActionMenu';
import { Badge, type Tone } from '../../_components/ui/Badge';
import { ConfirmDialog } from '../../_components/ui/ConfirmDialog';
import { type Columns, DataTable } from '../../_components/ui/DataTable';
import { EmptyState } from '../../_components/ui/EmptyState';
import { Select } from '../../_components/ui/Input';
import { MenuItem, MenuSeparator } from '../../_components/ui/Menu';
import { Time } from '../../_components/ui/Time';
import { call } from '../../_lib/api';
import { toastError, useChange } from '../../_lib/useChange';
import { LimitDevice } from './LimitDevice';
import { LIVENESS_LABELS } from './liveness';

type Device = z.output<typeof device>;

const STATUS: Record<Device['status'], Tone> = { pairing: 'warn', expired: 'neutral', paired: 'good', revoked: 'bad' };

interface DevicesTableProps {
  devices: Device[];
  groups: GroupOption[];
  manage: boolean;
}

export function DevicesTable({ devices, groups, manage }: DevicesTableProps) {
  const { run } = useChange();
  const [limiting, setLimiting] = useState<Device | null>(null);
  const [revoking, setRevoking] = useState<Device | null>(null);

  const change = (target: Device, body: { allow_enrolment?: boolean; liveness?: LivenessMode }, done: string) =>
    run(() => call(changeDevice, { params: { device_id: target.device_id }, body }), { done }).catch(toastError);

  const columns: Columns<Device> = [
    {
      header: 'Device',
      id: 'device',
      cell: ({ row: { original } }) => (
        <div className="min-w-36">
          <p className="font-medium">{original.name}</p>
          <p className="text-[13px] text-muted">
            {original.allow_enrolment ? 'May enrol people' : 'Recognises only'}
            {original.app_version ? ` · ${original.app_version}` : ''}
          </p>
        </div>
      ),
    },
    {
      header: 'Status',
      id: 'status',
      cell: ({ row: { original } }) => <Badge tone={STATUS[original.status]}>{original.status}</Badge>,
    },
    {
      header: 'Last contact',
      id: 'contact',
      cell: ({ row: { original } }) =>
        original.last_contact_at ? (
          <Time value={original.last_contact_at} />
        ) : (
          <span className="text-muted">never</span>
        ),
    },
    {
      header: 'Gallery',
      id: 'gallery',
      cell: ({ row: { original } }) =>
        original.gallery_version ? (
          <div className="tabular-nums">
            <p>{facesInWords(original.gallery_faces ?? 0)}</p>
            <p className="text-[13px] text-muted">
              as of <Time value={new Date(original.gallery_version)} />
            </p>
          </div>
        ) : (
          <span className="text-muted">none</span>
        ),
    },
    {
      header: 'Knows',
      id: 'groups',
      cell: ({ row: { original } }) => <GroupNames groups={original.groups} />,
    },
    {
      header: 'Unsent events',
      id: 'waiting',
      cell: ({ row: { original } }) => <span className="tabular-nums">{original.waiting_events ?? 0}</span>,
    },
    {
      header: 'Liveness',
      id: 'liveness',
      cell: ({ row: { original } }) =>
        manage && original.status !== 'revoked' ? (
          <Select
            aria-label={`Liveness check of ${original.name}`}
            value={original.liveness}
            onChange={(event) => {
              const liveness = LIVENESS_MODES.find((mode) => mode === event.target.value);
              if (liveness) void change(original, { liveness }, `Applies when ${original.name} next syncs.`);
            }}
          >
            {LIVENESS_MODES.map((mode) => (
              <option key={mode} value={mode}>
                {LIVENESS_LABELS[mode]}
              </option>
            ))}
          </Select>
        ) : (
          LIVENESS_LABELS[original.liveness]
        ),
    },
  ];
  if (manage) {
    columns.push({
      header: () => <span className="sr-only">Actions</span>,
      id: 'actions',
      cell: ({ row: { original } }) =>
        original.status === 'revoked' ? null : (
          <div className="flex justify-end">
            <ActionMenu quiet label={`Actions for ${original.name}`}>
              <MenuItem
                onSelect={() =>
                  void change(
                    original,
                    { allow_enrolment: !original.allow_enrolment },
                    `Applies when ${original.name} next syncs.`,
                  )
                }
              >
                {original.allow_enrolment ? <UserRoundX aria-hidden /> : <UserRoundPlus aria-hidden />}
                {original.allow_enrolment ? 'Forbid enrolment' : 'Allow enrolment'}
              </MenuItem>
              <MenuItem onSelect={() => setLimiting(original)}>
                <UsersRound aria-hidden />
                Limit to groups…
              </MenuItem>
              <MenuSeparator />
              <MenuItem danger onSelect={() => setRevoking(original)}>
                <Trash2 aria-hidden />
                Revoke…
              </MenuItem>
            </ActionMenu>
          </div>
        ),
    });
  }

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
            description="Pair a phone or tablet. It stores the gallery and recognises people without a network."
          />
        }
      />
      <LimitDevice device={limiting} groups={groups} onClose={() => setLimiting(null)} />
      <ConfirmDialog
        open={revoking !== null}
        onOpenChange={() => setRevoking(null)}
        title={`Revoke ${revoking?.name ?? ''}?`}
        description="It can no longer sync or send recognitions. It erases its data the next time it connects. Unsent recognitions are lost."
        action="Revoke"
        onConfirm={async () => {
          if (revoking) {
            const { device_id, name } = revoking;
            await run(() => call(revokeDevice, { params: { device_id } }), { done: `${name} is revoked.` });
          }
        }}
      />
    </>
  );
}

const facesInWords = (count: number): string => `${count.toLocaleString('en')} ${count === 1 ? 'face' : 'faces'}`;
