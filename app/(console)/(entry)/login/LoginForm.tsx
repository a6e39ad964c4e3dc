'use client';
import { zodResolver } from '@hookform/resolvers/zod';
import { signIn } from 'next-auth/react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { Button } from '../../_components/ui/Button';
import { Card } from '../../_components/ui/Card';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { Field } from '../../_components/ui/Field';
import { Input } from '../../_components/ui/Input';

const schema = z.object({
  email: z.email('Enter the email that you were invited with.'),
  password: z.string().min(1, 'Give your password.'),
});

export function LoginForm({ target, welcome }: { target: string; welcome: boolean }) {
  const [error, setError] = useState<string | null>(null);
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(schema),
    defaultValues: { email: '', password: '' },
  });

  const submit = handleSubmit(async (values) => {
    setError(null);
    const result = await signIn('credentials', { ...values, redirect: false }).catch(() => null);
    if (result === null || result === undefined)
      setError('The server cannot be reached. Check the connection, then try again.');
    else if (result.ok && !result.error) window.location.assign(target);
    else setError(result.error ?? 'Signing in did not work.');
    // Stays pending until the next page loads, so that the button cannot be pressed twice.
    if (result?.ok && !result.error) await new Promise(() => {});
  });

  return (
    <Card className="p-6 sm:p-7">
      <h1 className="text-xl font-semibold tracking-tight">Sign in</h1>
      <p className="mt-1 text-sm text-muted">
        {welcome ? 'Your password is set. Sign in with it.' : 'Sign in to your Kith server.'}
      </p>
      <form onSubmit={submit} noValidate className="mt-6 flex flex-col gap-4">
        <Field label="Email" error={formState.errors.email?.message}>
          {/* Password managers fill fields before hydration, and skip fields that are read-only. */}
          <Input type="email" autoComplete="username" autoFocus readOnly={false} {...register('email')} />
        </Field>
        <Field label="Password" error={formState.errors.password?.message}>
          <Input type="password" autoComplete="current-password" readOnly={false} {...register('password')} />
        </Field>
        {error ? <ErrorNotice error={error} /> : null}
        <Button type="submit" variant="primary" size="lg" pending={formState.isSubmitting}>
          Sign in
        </Button>
      </form>
    </Card>
  );
}
