'use client';
import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { PASSWORD_HINT } from '@/lib/shared/contract/password';
import { changePassword } from '@/lib/shared/contract/users';
import { Button } from '../../_components/ui/Button';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { Field } from '../../_components/ui/Field';
import { Input } from '../../_components/ui/Input';
import { bodyOf, call } from '../../_lib/api';
import { useChange } from '../../_lib/useChange';

export function PasswordForm({ email }: { email: string }) {
  const { run, error, pending } = useChange();
  const { register, handleSubmit, formState, reset } = useForm({
    resolver: zodResolver(bodyOf(changePassword)),
    defaultValues: { current: '', next: '' },
  });
  return (
    <form
      noValidate
      className="flex flex-col gap-4 p-5"
      onSubmit={handleSubmit((body) =>
        run(() => call(changePassword, { body }), { done: 'Your password is changed.', after: () => reset() }),
      )}
    >
      <input type="hidden" autoComplete="username" value={email} readOnly />
      <Field label="Current password" error={formState.errors.current?.message}>
        <Input type="password" autoComplete="current-password" {...register('current')} />
      </Field>
      <Field label="New password" hint={PASSWORD_HINT} error={formState.errors.next?.message}>
        <Input type="password" autoComplete="new-password" {...register('next')} />
      </Field>
      {error ? <ErrorNotice error={error} /> : null}
      <Button type="submit" variant="primary" pending={pending} className="self-start">
        Change password
      </Button>
    </form>
  );
}
