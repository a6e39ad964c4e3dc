'use client';
import { Button } from './Button';
import { DialogActions } from './Dialog';
import { ErrorNotice } from './ErrorNotice';

interface FormActionsProps {
  /** The verb on the button that submits. */
  submit: string;
  /** The error, unless a field shows it. */
  error: unknown;
  pending: boolean;
  disabled?: boolean | undefined;
  onCancel: () => void;
}

/** The end of a form in a dialog: the error and the buttons. */
export function FormActions({ submit, error, pending, disabled, onCancel }: FormActionsProps) {
  return (
    <>
      {error ? <ErrorNotice error={error} /> : null}
      <DialogActions>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" pending={pending} disabled={disabled}>
          {submit}
        </Button>
      </DialogActions>
    </>
  );
}
