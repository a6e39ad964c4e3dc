'use client';
import { updatePerson } from '@/lib/shared/contract/people';
import { Button } from '../../../_components/ui/Button';
import { ErrorNotice } from '../../../_components/ui/ErrorNotice';
import { call } from '../../../_lib/api';
import { useChange } from '../../../_lib/useChange';
import { PersonFieldset, usePersonForm } from '../PersonFieldset';
import type { Person } from './PersonHeader';

export function PersonDetails({ person, editable }: { person: Person; editable: boolean }) {
  const form = usePersonForm(person);
  const { run, error, pending } = useChange();
  const submit = form.submit((body) =>
    run(() => call(updatePerson, { params: { person_id: person.person_id }, body }), { done: 'Saved.' }),
  );
  return (
    <form noValidate onSubmit={submit} className="p-5">
      <fieldset disabled={!editable}>
        <PersonFieldset form={form} />
      </fieldset>
      {error ? <ErrorNotice error={error} className="mt-4" /> : null}
      {editable ? (
        <Button type="submit" variant="primary" className="mt-5" pending={pending} disabled={!form.dirty}>
          Save changes
        </Button>
      ) : null}
    </form>
  );
}
