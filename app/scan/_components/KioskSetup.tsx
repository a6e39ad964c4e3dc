import { PIN_PATTERN } from '@/lib/phone/session/kiosk';
import { PinForm } from './PinForm';
import { Sheet } from './Sheet';
import type { ScanView } from './useScan';

/** Starts kiosk mode with a PIN that ends it. */
export function KioskSetup({ scan: { session }, onClose }: { scan: ScanView; onClose: () => void }) {
  const start = async (pin: string) => {
    await session.enterKiosk(pin);
    onClose();
    return true;
  };
  return (
    <Sheet title="Kiosk mode" onClose={onClose}>
      <p className="text-muted">
        Full screen, with nothing on it but the picture and the result. Choose a PIN of four to eight digits to leave
        it.
      </p>
      <PinForm submit="Start kiosk mode" accepts={(pin) => PIN_PATTERN.test(pin)} onPin={start} />
    </Sheet>
  );
}
