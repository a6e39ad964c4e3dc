import { useId, useState } from 'react';
import { PIN_PATTERN } from '@/lib/scan/kiosk';
import { Button } from './Button';
import { Sheet } from './Sheet';
import type { ScanView } from './useScan';

/** Starts kiosk mode with a PIN that ends it. */
export function KioskSetup({ scan: { session }, onClose }: { scan: ScanView; onClose: () => void }) {
  const [pin, setPin] = useState('');
  const field = useId();
  return (
    <Sheet title="Kiosk mode" onClose={onClose}>
      <p className="text-muted">
        Full screen, with nothing on it but the picture and the result. Choose a PIN of four to eight digits to leave
        it.
      </p>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void session.enterKiosk(pin).then(onClose);
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
        <Button look="primary" type="submit" disabled={!PIN_PATTERN.test(pin)}>
          Start kiosk mode
        </Button>
      </form>
    </Sheet>
  );
}
