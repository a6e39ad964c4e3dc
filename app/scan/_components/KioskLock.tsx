import { LockKeyhole } from 'lucide-react';
import { useState } from 'react';
import { PIN_PATTERN } from '@/lib/scan/kiosk';
import { PictureButton } from './Button';
import { PinForm } from './PinForm';
import { Sheet } from './Sheet';
import type { ScanView } from './useScan';

/** A wrong PIN makes the next try wait this long, ms. */
const WAIT_MS = 1_500;

/** The only button of kiosk mode: out of it, with the PIN. */
export function KioskLock({ scan: { session } }: { scan: ScanView }) {
  const [open, setOpen] = useState(false);
  const [wrong, setWrong] = useState(false);
  const [waiting, setWaiting] = useState(false);
  const leave = async (pin: string) => {
    setWaiting(true);
    const right = await session.leaveKiosk(pin);
    if (!right) {
      setWrong(true);
      setTimeout(() => setWaiting(false), WAIT_MS);
    }
    return right;
  };
  return (
    <>
      <PictureButton label="Leave kiosk mode" onClick={() => setOpen(true)}>
        <LockKeyhole />
      </PictureButton>
      {open && (
        <Sheet title="Leave kiosk mode" onClose={() => setOpen(false)}>
          <PinForm
            submit="Leave"
            accepts={(pin) => PIN_PATTERN.test(pin)}
            disabled={waiting}
            onPin={leave}
            note={
              <p role="alert" className="min-h-5 text-bad text-sm">
                {wrong && 'This is not the PIN.'}
              </p>
            }
          />
        </Sheet>
      )}
    </>
  );
}
