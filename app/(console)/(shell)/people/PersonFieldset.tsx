'use client';
import { useForm } from 'react-hook-form';
import type { z } from 'zod';
import { createPerson, type person } from '@/lib/shared/contract/people';
import { Field } from '../../_components/ui/Field';
import { Input, Textarea } from '../../_components/ui/Input';
import { bodyOf } from '../../_lib/api';

type Person = z.output<typeof person>;
type PersonBody = z.input<NonNullable<(typeof createPerson)['body']>>;

interface Values {
  name: string;
  user_id: string;
  notes: string;
  consent_given_at: string;
  consent_until: string;
}

/** Returns the value of a date field. Consent is counted in days, so the time is midnight UTC. */
const dayOf = (instant: string | null | undefined) => instant?.slice(0, 10) ?? '';
const instantOf = (day: string) => (day ? `${day}T00:00:00Z` : null);
const textOf = (text: string) => text.trim() || null;

/** Fields of a person, validated by the contract's schema. Empty fields clear the value. */
export function usePersonForm(before?: Person) {
  const given: Values = {
    name: before?.name ?? '',
    user_id: before?.user_id ?? '',
    notes: before?.notes ?? '',
    consent_given_at: dayOf(before?.consent_given_at),
    consent_until: dayOf(before?.consent_until),
  };
  const { register, handleSubmit, formState, setError } = useForm<Values>({
    values: given,
    resetOptions: { keepDirtyValues: true },
  });

  const submit = (send: (body: PersonBody) => Promise<unknown>) =>
    handleSubmit(async (values) => {
      const body: PersonBody = {
        name: textOf(values.name),
        user_id: textOf(values.user_id),
        notes: textOf(values.notes),
        consent_given_at: instantOf(values.consent_given_at),
        consent_until: instantOf(values.consent_until),
      };
      const checked = bodyOf(createPerson).safeParse(body);
      if (checked.success) return send(body);
      for (const issue of checked.error.issues) setError(issue.path[0] as keyof Values, { message: issue.message });
    });

  // The server-rendered page already has the values.
  const field = (name: keyof Values) => ({ ...register(name), defaultValue: given[name] });

  return { field, submit, errors: formState.errors, dirty: formState.isDirty };
}

export function PersonFieldset({ form: { field, errors } }: { form: ReturnType<typeof usePersonForm> }) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Name" error={errors.name?.message}>
        <Input autoComplete="off" {...field('name')} />
      </Field>
      <Field label="External ID" error={errors.user_id?.message}>
        <Input autoComplete="off" {...field('user_id')} />
      </Field>
      <Field label="Consent given on" error={errors.consent_given_at?.message}>
        <Input type="date" {...field('consent_given_at')} />
      </Field>
      <Field label="Consent until" error={errors.consent_until?.message}>
        <Input type="date" {...field('consent_until')} />
      </Field>
      <Field label="Notes" error={errors.notes?.message} className="sm:col-span-2">
        <Textarea rows={3} {...field('notes')} />
      </Field>
    </div>
  );
}
