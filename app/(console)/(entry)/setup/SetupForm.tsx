'use client';
import { zodResolver } from '@hookform/resolvers/zod';
import { signIn } from 'next-auth/react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { PASSWORD_HINT, password } from '@/lib/shared/contract/password';
import { acceptLink } from '@/lib/shared/contract/users';
import { Button } from '../../_components/ui/Button';
import { Card } from '../../_components/ui/Card';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { Field } from '../../_components/ui/Field';
import { Input } from '../../_components/ui/Input';
import { call } from '../../_lib/api';

const WORDS = {
  setup: { title: 'Set up Kith', text: 'Create the first administrator account. You can invite others later.' },
  invite: { title: 'Welcome to Kith', text: 'Choose a password to finish your account.' },
  reset: { title: 'Choose a new password', text: 'Setting it signs you out everywhere else.' },
} as const;

const schema = z
  .object({ email: z.email('must be an email address'), password, again: z.string() })
  .refine((values) => values.password === values.again, {
    path: ['again'],
    message: 'must match the password',
  });

interface SetupFormProps {
  token: string;
  kind: keyof typeof WORDS;
  /** Set for an invitation and a reset. */
  email: string | null;
}

export function SetupForm({ token, kind, email }: SetupFormProps) {
  const [error, setError] = useState<unknown>(null);
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(schema),
    defaultValues: { email: email ?? '', password: '', again: '' },
  });
  const { errors } = formState;

  const submit = handleSubmit(async (values) => {
    setError(null);
    try {
      const body = { token, password: values.password, ...(email === null ? { email: values.email } : {}) };
      await call(acceptLink, { body });
      const result = await signIn('credentials', { email: values.email, password: values.password, redirect: false });
      window.location.assign(result?.ok && !result.error ? '/' : '/login?welcome');
    } catch (failure) {
      setError(failure);
    }
  });

  return (
    <Card className="p-6 sm:p-7">
      <h1 className="text-xl font-semibold tracking-tight">{WORDS[kind].title}</h1>
      <p className="mt-1 text-sm text-muted">{WORDS[kind].text}</p>
      <form onSubmit={submit} noValidate className="mt-6 flex flex-col gap-4">
        <Field label="Email" error={errors.email?.message}>
          <Input
            type="email"
            autoComplete="username"
            autoFocus={email === null}
            {...(email === null ? {} : { readOnly: true, className: 'bg-sunken text-muted' })}
            {...register('email')}
          />
        </Field>
        <Field label="Password" hint={PASSWORD_HINT} error={errors.password?.message}>
          <Input type="password" autoComplete="new-password" autoFocus={email !== null} {...register('password')} />
        </Field>
        <Field label="Password again" error={errors.again?.message}>
          <Input type="password" autoComplete="new-password" {...register('again')} />
        </Field>
        {error ? <ErrorNotice error={error} /> : null}
        <Button type="submit" variant="primary" size="lg" pending={formState.isSubmitting}>
          {kind === 'setup' ? 'Create account' : 'Set password'}
        </Button>
      </form>
    </Card>
  );
}
