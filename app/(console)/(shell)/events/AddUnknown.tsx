'use client';
import { UserRoundPlus } from 'lucide-react';
import { useState } from 'react';
import type { EventAnswer } from '@/lib/shared/contract/events';
import { Button } from '../../_components/ui/Button';
import { Dialog } from '../../_components/ui/Dialog';
import { AddSampleForm } from '../samples/AddSampleForm';

/**
 * Adds a sample of an unknown person. A recognition has no picture (docs/privacy.md), so this dialog asks for one: a URL,
 * such as a still of another camera, a file, or this camera.
 */
export function AddUnknown({ event }: { event: EventAnswer }) {
  const [open, setOpen] = useState(false);
  const when = new Date(event.at).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'medium' });
  return (
    <>
      <Button size="sm" aria-label={`Add a photo of the person seen at ${when}`} onClick={() => setOpen(true)}>
        <UserRoundPlus aria-hidden />
        Add
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Add a photo of an unknown person"
        description={`Seen ${when}${event.device ? ` by ${event.device.name}` : ''}. Devices do not send photos. Add a photo of this person to recognise them next time.`}
        className="max-w-2xl"
      >
        <AddSampleForm onClose={() => setOpen(false)} />
      </Dialog>
    </>
  );
}
