'use client';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../_components/ui/Button';
import { Dialog } from '../../_components/ui/Dialog';
import { api } from '../../_lib/api';
import { GroupForm } from './GroupForm';

export function NewGroup() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        Add group
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title="Add group" description="You can add people afterwards.">
        <GroupForm
          submit="Add group"
          save={(values) => api.groups.create(values)}
          done={({ name }) => `${name} is added.`}
          onClose={() => setOpen(false)}
        />
      </Dialog>
    </>
  );
}
