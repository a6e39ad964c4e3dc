'use client';
import { ArrowRight } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { FaceCrop } from '../../../_components/faces/FaceCrop';
import { nameOf } from '../../../_components/people/nameOf';
import { PersonPicker, type PickedPerson } from '../../../_components/people/PersonPicker';
import { Button } from '../../../_components/ui/Button';
import { Dialog, DialogActions } from '../../../_components/ui/Dialog';
import { useMergeSoon } from '../../../_lib/useMergeSoon';
import type { Person } from './PersonHeader';

interface MergePersonProps {
  person: Person;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function MergePerson({ person, open, onOpenChange }: MergePersonProps) {
  const router = useRouter();
  const [into, setInto] = useState<PickedPerson | null>(null);
  const mergeSoon = useMergeSoon();
  const name = nameOf(person);

  function merge() {
    if (!into) return;
    mergeSoon(person, into);
    onOpenChange(false);
    router.push(`/people/${into.person_id}`);
  }

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Merge ${name} with another person`}
      description={`If two entries are the same person. ${person.samples === 1 ? 'The sample' : `All ${person.samples} samples`} and all recognitions of ${name} move to the entry you choose, and this entry goes.`}
    >
      <PersonPicker
        label="Merge into"
        value={into}
        onChange={setInto}
        exclude={person.person_id}
        placeholder="Merge into…"
      />
      {into ? (
        <div className="mt-5 flex items-center justify-center gap-4 rounded-xl bg-sunken p-4 text-center text-[13px]">
          <figure className="w-24">
            <FaceCrop faceId={person.best_face_id} alt="" className="w-full" />
            <figcaption className="mt-1 truncate">{name}</figcaption>
          </figure>
          <ArrowRight className="size-5 text-muted" aria-label="into" />
          <figure className="w-24">
            <FaceCrop faceId={into.best_face_id ?? null} alt="" className="w-full" />
            <figcaption className="mt-1 truncate">{nameOf(into)}</figcaption>
          </figure>
        </div>
      ) : null}
      <DialogActions>
        <Button onClick={() => onOpenChange(false)}>Cancel</Button>
        <Button variant="primary" disabled={!into} onClick={merge}>
          Merge
        </Button>
      </DialogActions>
    </Dialog>
  );
}
