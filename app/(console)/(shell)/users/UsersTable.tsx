'use client';
import { Ban, CircleCheck, KeyRound, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { z } from 'zod';
import { ROLES, type Role } from '@/lib/shared/contract/permissions';
import { changeUser, createPasswordLink, removeUser, type user } from '@/lib/shared/contract/users';
import { ActionMenu } from '../../_components/ui/ActionMenu';
import { Badge, type Tone } from '../../_components/ui/Badge';
import { ConfirmDialog } from '../../_components/ui/ConfirmDialog';
import { CopyField } from '../../_components/ui/CopyField';
import { type Columns, DataTable } from '../../_components/ui/DataTable';
import { Dialog } from '../../_components/ui/Dialog';
import { Select } from '../../_components/ui/Input';
import { MenuItem, MenuSeparator } from '../../_components/ui/Menu';
import { Time } from '../../_components/ui/Time';
import { call } from '../../_lib/api';
import { fullAddress } from '../../_lib/fullAddress';
import { toastError, useChange } from '../../_lib/useChange';

type User = z.output<typeof user>;

const STATUS: Record<User['status'], Tone> = { active: 'good', invited: 'warn', disabled: 'bad' };

export function UsersTable({ users, ownId }: { users: User[]; ownId: number }) {
  const { run } = useChange();
  const [removing, setRemoving] = useState<User | null>(null);
  const [link, setLink] = useState<string | null>(null);

  async function change(target: User, body: { role?: Role; disabled?: boolean }, done: string) {
    await run(() => call(changeUser, { params: { user_id: target.user_id }, body }).catch(rethrowToast), { done });
  }

  async function passwordLink(target: User) {
    await run(() => call(createPasswordLink, { params: { user_id: target.user_id } }).catch(rethrowToast), {
      after: (created) => setLink(fullAddress(created.link)),
    });
  }

  const columns: Columns<User> = [
    {
      header: 'User',
      id: 'user',
      cell: ({ row: { original } }) => (
        <div className="min-w-44">
          <p className="font-medium">
            {original.name ?? original.email}
            {original.user_id === ownId ? <span className="ml-1.5 font-normal text-muted">(you)</span> : null}
          </p>
          {original.name ? <p className="text-[13px] text-muted">{original.email}</p> : null}
        </div>
      ),
    },
    {
      header: 'Role',
      id: 'role',
      cell: ({ row: { original } }) => (
        <Select
          className="w-32"
          aria-label={`Role of ${original.email}`}
          value={original.role}
          onChange={(event) =>
            void change(
              original,
              { role: event.target.value as Role },
              `${original.email} is now ${event.target.value}.`,
            )
          }
        >
          {ROLES.map((role) => (
            <option key={role} value={role}>
              {role}
            </option>
          ))}
        </Select>
      ),
    },
    {
      header: 'Status',
      id: 'status',
      cell: ({ row: { original } }) => <Badge tone={STATUS[original.status]}>{original.status}</Badge>,
    },
    {
      header: 'Last sign-in',
      id: 'seen',
      cell: ({ row: { original } }) =>
        original.last_sign_in_at ? (
          <Time value={original.last_sign_in_at} />
        ) : (
          <span className="text-muted">never</span>
        ),
    },
    {
      header: () => <span className="sr-only">Actions</span>,
      id: 'actions',
      cell: ({ row: { original } }) => (
        <div className="flex justify-end">
          <ActionMenu quiet label={`Actions for ${original.email}`}>
            {original.status === 'disabled' ? null : (
              <MenuItem onSelect={() => void passwordLink(original)}>
                <KeyRound aria-hidden />
                {original.status === 'invited' ? 'New invitation link' : 'Reset password'}
              </MenuItem>
            )}
            {original.status === 'disabled' ? (
              <MenuItem
                onSelect={() => void change(original, { disabled: false }, `${original.email} may sign in again.`)}
              >
                <CircleCheck aria-hidden />
                Enable
              </MenuItem>
            ) : (
              <MenuItem onSelect={() => void change(original, { disabled: true }, `${original.email} is disabled.`)}>
                <Ban aria-hidden />
                Disable
              </MenuItem>
            )}
            <MenuSeparator />
            <MenuItem danger onSelect={() => setRemoving(original)}>
              <Trash2 aria-hidden />
              Remove
            </MenuItem>
          </ActionMenu>
        </div>
      ),
    },
  ];

  return (
    <>
      <DataTable caption="Users" columns={columns} rows={users} rowId={(row) => String(row.user_id)} empty={null} />
      <ConfirmDialog
        open={removing !== null}
        onOpenChange={(open) => !open && setRemoving(null)}
        title="Remove user"
        description={`${removing?.email} can no longer sign in. What they did stays in the audit log.`}
        action="Remove user"
        onConfirm={async () => {
          if (!removing) return;
          await call(removeUser, { params: { user_id: removing.user_id } });
          await run(async () => undefined, { done: `${removing.email} was removed.` });
        }}
      />
      <Dialog
        open={link !== null}
        onOpenChange={(open) => !open && setLink(null)}
        title="Link to choose a password"
        description="Send it to the user. It works once."
      >
        <CopyField label="Link" value={link ?? ''} />
      </Dialog>
    </>
  );
}

/** The row's menu is closed when the response arrives, so the message is shown as a toast. */
function rethrowToast(error: unknown): never {
  toastError(error);
  throw error;
}
