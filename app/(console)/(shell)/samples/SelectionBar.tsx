'use client';
import { Trash2, UserRoundPen, X } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { readFace } from '@/lib/shared/contract/faces';
import { changeFace } from '@/lib/shared/contract/gallery';
import { nameOf } from '../../_components/people/nameOf';
import { PersonPicker, type PickedPerson } from '../../_components/people/PersonPicker';
import { Button } from '../../_components/ui/Button';
import { Dialog, DialogActions } from '../../_components/ui/Dialog';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { call } from '../../_lib/api';
import { toastUndo } from '../../_lib/toastUndo';
import { useChange } from '../../_lib/useChange';

interface SelectionBarProps {
  selected: number[];
  onClear: () => void;
  onDelete: (ids: number[]) => void;
}

export function SelectionBar({ selected, onClear, onDelete }: SelectionBarProps) {
  const [moving, setMoving] = useState(false);
  if (selected.length === 0) return null;
  return (
    <>
      <section
        aria-label="Selected samples"
        className="rise-in fixed inset-x-4 bottom-4 z-30 mx-auto flex max-w-xl flex-wrap items-center gap-2 rounded-2xl border bg-raised p-2 pl-4 shadow-float"
      >
        <span className="flex-1 text-sm font-medium" aria-live="polite">
          {selected.length} selected
        </span>
        <Button size="sm" onClick={() => setMoving(true)}>
          <UserRoundPen aria-hidden />
          Move to…
        </Button>
        <Button size="sm" variant="quietDanger" onClick={() => onDelete(selected)}>
          <Trash2 aria-hidden />
          Delete
        </Button>
        <Button size="sm" variant="ghost" aria-label="Clear the selection" onClick={onClear}>
          <X aria-hidden />
        </Button>
      </section>
      <MoveSamples ids={selected} open={moving} onOpenChange={setMoving} onMoved={onClear} />
    </>
  );
}

interface MoveSamplesProps {
  ids: number[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onMoved: () => void;
  exclude?: number;
}

export function MoveSamples({ ids, open, onOpenChange, onMoved, exclude }: MoveSamplesProps) {
  const [person, setPerson] = useState<PickedPerson | null>(null);
  const router = useRouter();
  const { run, error, pending } = useChange();

  async function move() {
    if (!person) return;
    const before = new Map<number, number | null>();
    await run(
      async () => {
        for (const face_id of ids) {
          const face = await call(readFace, { query: { face_id } });
          await call(changeFace, { params: { face_id }, body: { person_id: person.person_id } });
          before.set(face_id, face.person?.person_id ?? null);
        }
      },
      {
        after: () => {
          onOpenChange(false);
          onMoved();
          toastUndo(
            `${ids.length === 1 ? 'Sample' : `${ids.length} samples`} moved to ${nameOf(person)}.`,
            async () => {
              for (const [face_id, person_id] of before)
                await call(changeFace, { params: { face_id }, body: { person_id } });
              router.refresh();
            },
          );
        },
      },
    );
  }

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={ids.length === 1 ? 'Move sample' : `Move ${ids.length} samples`}
      description="Who is this?"
    >
      <PersonPicker label="Move to" value={person} onChange={setPerson} exclude={exclude} />
      {error ? <ErrorNotice error={error} className="mt-4" /> : null}
      <DialogActions>
        <Button onClick={() => onOpenChange(false)}>Cancel</Button>
        <Button variant="primary" disabled={!person} pending={pending} onClick={() => void move()}>
          Move
        </Button>
      </DialogActions>
    </Dialog>
  );
}
