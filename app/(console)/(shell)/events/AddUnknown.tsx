'use client';
import { UserRoundPlus } from 'lucide-react';
import { useState } from 'react';
import type { EventAnswer } from '@/lib/shared/contract/events';
import { Button } from '../../_components/ui/Button';
import { Dialog } from '../../_components/ui/Dialog';
import { AddSampleForm } from '../samples/AddSampleForm';

/**
 * Makes a sample of whoever a recognition did not know. A recognition carries no picture (docs/privacy.md), so the
 * picture is given here: by its address, such as a still of another camera at that time, as a file, or by this camera.
 */
export function AddUnknown({ event }: { event: EventAnswer }) {
  const [open, setOpen] = useState(false);
  const when = new Date(event.at).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'medium' });
  return (
    <>
      <Button size="sm" aria-label={`Add a sample of who was seen at ${when}`} onClick={() => setOpen(true)}>
        <UserRoundPlus aria-hidden />
        Add
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Add a sample of someone unknown"
        description={`Seen ${when}${event.device ? ` by ${event.device.name}` : ''}. Devices send no pictures: give one of this person, and they are known from then on.`}
        className="max-w-2xl"
      >
        <AddSampleForm onClose={() => setOpen(false)} />
      </Dialog>
    </>
  );
}
