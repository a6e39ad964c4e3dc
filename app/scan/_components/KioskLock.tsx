import { LockKeyhole } from 'lucide-react';
import { useId, useState } from 'react';
import { Button, PictureButton } from './Button';
import { Sheet } from './Sheet';
import type { ScanView } from './useScan';

/** A wrong PIN makes the next try wait this long, ms. */
const WAIT_MS = 1_500;

/** The only button of kiosk mode: out of it, with the PIN. */
export function KioskLock({ scan: { session } }: { scan: ScanView }) {
  const [open, setOpen] = useState(false);
  const [pin, setPin] = useState('');
  const [wrong, setWrong] = useState(false);
  const [waiting, setWaiting] = useState(false);
  const field = useId();
  const leave = async () => {
    setWaiting(true);
    const right = await session.leaveKiosk(pin);
    if (right) return;
    setPin('');
    setWrong(true);
    setTimeout(() => setWaiting(false), WAIT_MS);
  };
  return (
    <>
      <PictureButton label="Leave kiosk mode" onClick={() => setOpen(true)}>
        <LockKeyhole />
      </PictureButton>
      {open && (
        <Sheet title="Leave kiosk mode" onClose={() => setOpen(false)}>
          <form
            className="flex flex-col gap-3"
            onSubmit={(event) => {
              event.preventDefault();
              void leave();
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
            <p role="alert" className="min-h-5 text-bad text-sm">
              {wrong && 'This is not the PIN.'}
            </p>
            <Button look="primary" type="submit" disabled={waiting || pin.length < 4}>
              Leave
            </Button>
          </form>
        </Sheet>
      )}
    </>
  );
}
