'use client';
import { UserPlus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { createPerson } from '@/lib/shared/contract/people';
import { Button } from '../../_components/ui/Button';
import { Dialog, DialogActions } from '../../_components/ui/Dialog';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { call } from '../../_lib/api';
import { useChange } from '../../_lib/useChange';
import { PersonFieldset, usePersonForm } from './PersonFieldset';

export function NewPerson() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        <UserPlus aria-hidden />
        Add person
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title="Add person" description="You can add photos afterwards.">
        <NewPersonForm onClose={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function NewPersonForm({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const form = usePersonForm();
  const { run, error, pending } = useChange();
  const submit = form.submit((body) =>
    run(() => call(createPerson, { body }), { after: (person) => router.push(`/people/${person.person_id}`) }),
  );
  return (
    <form noValidate onSubmit={submit}>
      <PersonFieldset form={form} />
      {error ? <ErrorNotice error={error} className="mt-4" /> : null}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" pending={pending}>
          Add person
        </Button>
      </DialogActions>
    </form>
  );
}
