'use client';
import { zodResolver } from '@hookform/resolvers/zod';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { ROLES } from '@/lib/accounts/permissions';
import { inviteUser } from '@/lib/contract/users';
import { Button } from '../../_components/ui/Button';
import { CopyField } from '../../_components/ui/CopyField';
import { Dialog, DialogActions } from '../../_components/ui/Dialog';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { Field } from '../../_components/ui/Field';
import { Input, Select } from '../../_components/ui/Input';
import { bodyOf, call } from '../../_lib/api';
import { useChange } from '../../_lib/useChange';

export function InviteUser() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        <UserPlus aria-hidden />
        Invite user
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Invite user"
        description="You get a link to send. Whoever opens it chooses a password."
      >
        <InviteForm onClose={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function InviteForm({ onClose }: { onClose: () => void }) {
  const { run, error, pending } = useChange();
  const [link, setLink] = useState<string | null>(null);
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(bodyOf(inviteUser)),
    defaultValues: { email: '', name: '', role: 'operator' as const },
  });

  if (link !== null) {
    return (
      <>
        <CopyField label="Invitation link" value={link} hint="Works once, for seven days." />
        <DialogActions>
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        </DialogActions>
      </>
    );
  }
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={handleSubmit((body) =>
        run(() => call(inviteUser, { body }), { after: (invited) => setLink(invited.link) }),
      )}
    >
      <Field label="Email" error={formState.errors.email?.message}>
        <Input type="email" autoComplete="off" {...register('email')} />
      </Field>
      <Field label="Name (optional)" error={formState.errors.name?.message}>
        <Input autoComplete="off" {...register('name')} />
      </Field>
      <Field label="Role" error={formState.errors.role?.message}>
        <RoleSelect {...register('role')} />
      </Field>
      {error ? <ErrorNotice error={error} /> : null}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" pending={pending}>
          Create invitation
        </Button>
      </DialogActions>
    </form>
  );
}

function RoleSelect(props: React.ComponentProps<'select'>) {
  return (
    <Select {...props}>
      {ROLES.map((role) => (
        <option key={role} value={role}>
          {role[0]?.toUpperCase()}
          {role.slice(1)}
        </option>
      ))}
    </Select>
  );
}
