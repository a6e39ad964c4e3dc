'use client';
import { Check, CircleHelp, UserRoundPen, UserRoundPlus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from 'sonner';
import { correctEvent, type EventDetails, madeCorrection, takeBackCorrection } from '@/lib/shared/contract/events';
import { nameOf } from '../../../_components/people/nameOf';
import { PersonPicker, type PickedPerson } from '../../../_components/people/PersonPicker';
import { Button } from '../../../_components/ui/Button';
import { Dialog, DialogActions } from '../../../_components/ui/Dialog';
import { ErrorNotice } from '../../../_components/ui/ErrorNotice';
import { call } from '../../../_lib/api';
import { toastUndo } from '../../../_lib/toastUndo';
import { toastError, useChange } from '../../../_lib/useChange';
import { AddSampleForm } from '../../samples/AddSampleForm';

type Who = { person_id: number } | { unknown: true };

/** Says who it was: right, somebody else, nobody known, or a new person. Each can be undone for ten seconds. */
export function CorrectionActions({ event }: { event: EventDetails }) {
  const router = useRouter();
  const { run, error, pending, clear } = useChange();
  const [doing, setDoing] = useState<'someone' | 'new' | null>(null);
  const [person, setPerson] = useState<PickedPerson | null>(null);
  const isKnown = event.person !== null || event.face_id !== null;
  const others = event.candidates.flatMap(({ person: one, best_face_id }) =>
    one && one.person_id !== event.person?.person_id ? [{ ...one, best_face_id }] : [],
  );

  const send = (who: Who) => call(correctEvent, { params: { event_id: event.id }, body: who });

  function offerUndo({ corrections }: EventDetails, done: string) {
    const made = madeCorrection(event.corrections, corrections);
    // It was said before: nothing is there to take back.
    if (!made) {
      toast(done);
      return;
    }
    toastUndo(done, async () => {
      await call(takeBackCorrection, { params: { event_id: event.id, correction_id: made.correction_id } });
      router.refresh();
    });
  }

  async function correctInDialog(chosen: PickedPerson) {
    await run(() => send({ person_id: chosen.person_id }), {
      after: (corrected) => {
        setDoing(null);
        offerUndo(corrected, `Corrected: ${nameOf(chosen)}.`);
      },
    });
  }

  /** Without a dialog, an error is shown as a toast. */
  async function correct(who: Who, done: string) {
    try {
      const corrected = await send(who);
      router.refresh();
      offerUndo(corrected, done);
    } catch (failure) {
      toastError(failure);
    }
  }

  const rightPerson: Who | null = event.person
    ? { person_id: event.person.person_id }
    : isKnown
      ? null
      : { unknown: true };

  return (
    <>
      {rightPerson ? (
        <Button variant="primary" onClick={() => void correct(rightPerson, 'Noted as right.')}>
          <Check aria-hidden />
          Right
        </Button>
      ) : null}
      <Button
        onClick={() => {
          clear();
          setPerson(null);
          setDoing('someone');
        }}
      >
        <UserRoundPen aria-hidden />
        {isKnown ? 'Not this person…' : 'This is…'}
      </Button>
      {isKnown ? (
        <Button onClick={() => void correct({ unknown: true }, 'Corrected: unknown person.')}>
          <CircleHelp aria-hidden />
          Unknown
        </Button>
      ) : null}
      <Button onClick={() => setDoing('new')}>
        <UserRoundPlus aria-hidden />
        New person…
      </Button>
      <Dialog
        open={doing === 'someone'}
        onOpenChange={(open) => setDoing(open ? 'someone' : null)}
        title="Who was it?"
        description="Lists, counts and exports then have this person. What the device recognised is kept."
      >
        {others.length > 0 ? (
          <ul className="mb-4 flex flex-wrap gap-2" aria-label="Looked like">
            {others.map((one) => (
              <li key={one.person_id}>
                <Button size="sm" aria-pressed={person?.person_id === one.person_id} onClick={() => setPerson(one)}>
                  {nameOf(one)}
                </Button>
              </li>
            ))}
          </ul>
        ) : null}
        <PersonPicker label="Person" value={person} onChange={setPerson} exclude={event.person?.person_id} />
        {error ? <ErrorNotice error={error} className="mt-4" /> : null}
        <DialogActions>
          <Button onClick={() => setDoing(null)}>Cancel</Button>
          <Button
            variant="primary"
            disabled={!person}
            pending={pending}
            onClick={() => person && void correctInDialog(person)}
          >
            Correct
          </Button>
        </DialogActions>
      </Dialog>
      <Dialog
        open={doing === 'new'}
        onOpenChange={(open) => setDoing(open ? 'new' : null)}
        title="Add this person"
        description="Devices do not send photos. Add a photo of this person: they are recognised from then on, and this event becomes theirs."
        className="max-w-2xl"
      >
        <AddSampleForm
          onClose={() => setDoing(null)}
          onSaved={(saved) => void correct({ person_id: saved.person_id }, `Corrected: ${nameOf(saved)}.`)}
        />
      </Dialog>
    </>
  );
}
