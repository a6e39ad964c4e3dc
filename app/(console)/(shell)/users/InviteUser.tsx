'use client';
import { zodResolver } from '@hookform/resolvers/zod';
import { UserPlus } from 'lucide-react';
import { useForm } from 'react-hook-form';
import { ROLES } from '@/lib/shared/contract/permissions';
import { inviteUser } from '@/lib/shared/contract/users';
import { CopyField } from '../../_components/ui/CopyField';
import { CreateDialog, type Creating } from '../../_components/ui/CreateDialog';
import { Field } from '../../_components/ui/Field';
import { Input, Select } from '../../_components/ui/Input';
import { bodyOf, call } from '../../_lib/api';
import { fullAddress } from '../../_lib/fullAddress';

export function InviteUser() {
  return (
    <CreateDialog<{ link: string }>
      icon={UserPlus}
      trigger="Invite user"
      title="Invite user"
      description="You get a link to send. Whoever opens it chooses a password."
      form={(creating) => <InviteForm {...creating} />}
      shown={({ link }) => (
        <CopyField label="Invitation link" value={fullAddress(link)} hint="Works once, for seven days." />
      )}
    />
  );
}

function InviteForm({ create, actions }: Creating<{ link: string }>) {
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(bodyOf(inviteUser)),
    defaultValues: { email: '', name: '', role: 'operator' as const },
  });
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={handleSubmit((body) => create(() => call(inviteUser, { body })))}
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
      {actions('Create invitation')}
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
