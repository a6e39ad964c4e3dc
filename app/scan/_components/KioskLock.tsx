import { LockKeyhole } from 'lucide-react';
import { useEffect, useState } from 'react';
import { PIN_PATTERN, waitOf } from '@/lib/phone/session/kiosk';
import { PictureButton } from './Button';
import { PinForm } from './PinForm';
import { Sheet } from './Sheet';
import type { ScanView } from './useScan';

/** Waits shorter than this are not shown, ms. */
const TOLD_FROM_MS = 2_000;

/**
 * The only button of kiosk mode. It leaves kiosk mode with the PIN. Each wrong PIN lengthens the wait before the next
 * try.
 */
export function KioskLock({ scan: { session, state } }: { scan: ScanView }) {
  const [open, setOpen] = useState(false);
  const [wrong, setWrong] = useState(false);
  const [checking, setChecking] = useState(false);
  const { kiosk } = state.local;
  const waitMs = useTick(open) && kiosk ? waitOf(kiosk, Date.now()) : 0;
  const leave = async (pin: string) => {
    setChecking(true);
    const left = await session.leaveKiosk(pin);
    setWrong(!left);
    setChecking(false);
    return left;
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
            disabled={checking || waitMs > 0}
            onPin={leave}
            note={
              <div className="min-h-5 text-bad text-sm">
                <span role="alert">{wrong && !checking ? 'This is not the PIN. ' : ''}</span>
                {/* Hidden from screen readers, which would read it every second. */}
                <span>{waitMs > TOLD_FROM_MS && !checking ? `Try again in ${inWords(waitMs)}.` : ''}</span>
              </div>
            }
          />
        </Sheet>
      )}
    </>
  );
}

function inWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 60
    ? `${seconds} seconds`
    : `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** Renders the component four times a second while `running`. Returns `running`. */
function useTick(running: boolean): boolean {
  const [, tick] = useState(0);
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => tick((ticks) => ticks + 1), 250);
    return () => clearInterval(timer);
  }, [running]);
  return running;
}
