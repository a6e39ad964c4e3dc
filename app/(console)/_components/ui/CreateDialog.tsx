'use client';
import type { LucideIcon } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useChange } from '../../_lib/useChange';
import { Button } from './Button';
import { Dialog, DialogActions } from './Dialog';
import { FormActions } from './FormActions';

/** What the form of a {@link CreateDialog} works with. */
export interface Creating<Made> {
  /** Makes it; what was made is shown then. A failure leaves the form as it is. */
  create: (make: () => Promise<Made>) => Promise<unknown>;
  /** The last failure, for a form that shows it at a field. */
  error: unknown;
  /** The failure, if any (or another to show in its place), and the buttons: cancel, and one that submits, named by its verb. */
  actions: (submit: string, state?: { disabled?: boolean; error?: unknown }) => ReactNode;
}

interface CreateDialogProps<Made> {
  icon: LucideIcon;
  /** On the button that opens the window. */
  trigger: string;
  title: string;
  description: string;
  form: (creating: Creating<Made>) => ReactNode;
  /** What can be seen only now: a key, a link, a code. */
  shown: (made: Made) => ReactNode;
}

/** A button whose window makes something and then shows, once, what cannot be seen again. */
export function CreateDialog<Made>({ icon: Icon, trigger, title, description, ...steps }: CreateDialogProps<Made>) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        <Icon aria-hidden />
        {trigger}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={title} description={description}>
        <Steps {...steps} onClose={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

/** Mounted with the window, so that each opening starts clean. */
function Steps<Made>({
  form,
  shown,
  onClose,
}: Pick<CreateDialogProps<Made>, 'form' | 'shown'> & { onClose: () => void }) {
  const { run, error, pending } = useChange();
  const [made, setMade] = useState<{ value: Made } | null>(null);
  if (made) {
    return (
      <>
        {shown(made.value)}
        <DialogActions>
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        </DialogActions>
      </>
    );
  }
  return form({
    create: (make) => run(make, { after: (value) => setMade({ value }) }),
    error,
    actions: (submit, state) => (
      <FormActions submit={submit} error={error} pending={pending} onCancel={onClose} {...state} />
    ),
  });
}
