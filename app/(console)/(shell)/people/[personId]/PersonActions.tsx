'use client';
import { Download, ImagePlus, Merge, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from 'sonner';
import { counted } from '@/lib/shared/text/counted';
import { nameOf } from '../../../_components/people/nameOf';
import { ActionMenu } from '../../../_components/ui/ActionMenu';
import { Button } from '../../../_components/ui/Button';
import { ConfirmDialog } from '../../../_components/ui/ConfirmDialog';
import { Dialog } from '../../../_components/ui/Dialog';
import { MenuItem, MenuSeparator } from '../../../_components/ui/Menu';
import { api } from '../../../_lib/api';
import { AddSampleForm } from '../../samples/AddSampleForm';
import { MergePerson } from './MergePerson';
import type { Person } from './PersonHeader';

export function PersonActions({ person, exportable }: { person: Person; exportable: boolean }) {
  const router = useRouter();
  const [doing, setDoing] = useState<'add' | 'merge' | 'delete' | null>(null);
  const close = (open: boolean) => !open && setDoing(null);
  const name = nameOf(person);

  return (
    <div className="flex gap-2">
      <Button variant="primary" onClick={() => setDoing('add')}>
        <ImagePlus aria-hidden />
        Add photo
      </Button>
      <ActionMenu>
        <MenuItem onSelect={() => setDoing('merge')}>
          <Merge aria-hidden />
          Merge with…
        </MenuItem>
        {exportable ? (
          <MenuItem onSelect={() => window.location.assign(`/api/people/${person.person_id}/export`)}>
            <Download aria-hidden />
            Export everything
          </MenuItem>
        ) : null}
        <MenuSeparator />
        <MenuItem danger onSelect={() => setDoing('delete')}>
          <Trash2 aria-hidden />
          Delete everything
        </MenuItem>
      </ActionMenu>
      <Dialog open={doing === 'add'} onOpenChange={close} title={`Add a photo of ${name}`} className="max-w-2xl">
        <AddSampleForm person={person} onClose={() => setDoing(null)} />
      </Dialog>
      <MergePerson person={person} open={doing === 'merge'} onOpenChange={close} />
      <ConfirmDialog
        open={doing === 'delete'}
        onOpenChange={close}
        title={`Delete ${name}`}
        description={`Permanently deletes ${name}, ${counted(person.samples, 'sample')}, all photos and all recognitions, here and on every paired phone. This cannot be undone.`}
        action="Delete everything"
        typeToConfirm={name}
        onConfirm={async () => {
          await api.people.remove(person.person_id);
          toast.success(`${name} was erased.`);
          router.push('/people');
          router.refresh();
        }}
      />
    </div>
  );
}
