import { type ReactNode, useId, useState } from 'react';
import { Button } from './Button';

/** Asks for a PIN of digits. If `onPin` returns false, the PIN was not accepted and the field is cleared. */
export function PinForm({
  submit,
  accepts,
  disabled = false,
  note,
  onPin,
}: {
  /** Label of the button. */
  submit: string;
  /** Whether the PIN may be submitted. */
  accepts: (pin: string) => boolean;
  disabled?: boolean;
  note?: ReactNode;
  onPin: (pin: string) => Promise<boolean>;
}) {
  const [pin, setPin] = useState('');
  const field = useId();
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void onPin(pin).then((taken) => taken || setPin(''));
      }}
    >
      <label htmlFor={field} className="font-medium text-sm">
        PIN
      </label>
      <input
        id={field}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        maxLength={8}
        value={pin}
        onChange={(event) => setPin(event.target.value.replace(/\D/g, ''))}
        className="min-h-12 rounded-xl border border-line-strong bg-surface px-4 text-center font-mono text-xl tracking-[0.4em]"
      />
      {note}
      <Button look="primary" type="submit" disabled={disabled || !accepts(pin)}>
        {submit}
      </Button>
    </form>
  );
}
