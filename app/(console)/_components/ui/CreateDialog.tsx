'use client';
import type { LucideIcon } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useChange } from '../../_lib/useChange';
import { Button } from './Button';
import { Dialog, DialogActions } from './Dialog';
import { FormActions } from './FormActions';

/** Props of the form in a {@link CreateDialog}. */
export interface Creating<Made> {
  /** Creates the object and shows the result. On an error the form stays. */
  create: (make: () => Promise<Made>) => Promise<unknown>;
  /** The last error, for a form that shows it at a field. */
  error: unknown;
  /** Renders the error (or another in its place), and the buttons: cancel, and submit with the given verb. */
  actions: (submit: string, state?: { disabled?: boolean; error?: unknown }) => ReactNode;
}

interface CreateDialogProps<Made> {
  icon: LucideIcon;
  /** Label of the button that opens the dialog. */
  trigger: string;
  title: string;
  description: string;
  form: (creating: Creating<Made>) => ReactNode;
  /** Shows what is visible only now: a key, a link, a code. */
  shown: (made: Made) => ReactNode;
}

/** A button with a dialog that creates something and then shows, once, its secret. */
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

/** Mounted with the dialog, so that each opening starts empty. */
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
