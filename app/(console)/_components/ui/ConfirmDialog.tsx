'use client';
import { AlertDialog as Radix } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { Button } from './Button';
import { ErrorNotice } from './ErrorNotice';
import { Field } from './Field';
import { Input } from './Input';

interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description: ReactNode;
  /** The verb on the button: "Delete 3 samples". */
  action: string;
  /** Text to type first, for actions that cannot be undone. */
  typeToConfirm?: string;
  /** If it throws, the dialog stays open and shows the message. */
  onConfirm: () => Promise<void>;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <Radix.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="overlay fade-in backdrop-blur-[2px]" />
        <Radix.Content className="rise-in fixed top-1/2 left-1/2 z-50 w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 rounded-2xl border bg-raised p-6 shadow-float">
          <ConfirmBody {...props} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Mounted with the dialog, so that each opening starts empty. */
function ConfirmBody({ title, description, action, typeToConfirm, onConfirm, onOpenChange }: ConfirmDialogProps) {
  const [typed, setTyped] = useState('');
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const ready = typeToConfirm === undefined || typed.trim() === typeToConfirm.trim();

  async function confirm() {
    setPending(true);
    setError(null);
    try {
      await onConfirm();
      onOpenChange(false);
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void confirm();
      }}
    >
      <Radix.Title className="text-lg font-semibold tracking-tight">{title}</Radix.Title>
      <Radix.Description asChild>
        <div className="mt-2 text-sm text-muted">{description}</div>
      </Radix.Description>
      {typeToConfirm === undefined ? null : (
        <Field label={`Type “${typeToConfirm}” to confirm`} className="mt-4">
          <Input value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" />
        </Field>
      )}
      {error ? <ErrorNotice error={error} className="mt-4" /> : null}
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Radix.Cancel asChild>
          <Button>Cancel</Button>
        </Radix.Cancel>
        <Button type="submit" variant="danger" pending={pending} disabled={!ready}>
          {action}
        </Button>
      </div>
    </form>
  );
}
