import { useState } from 'react';
import { PIN_PATTERN } from '@/lib/phone/session/kiosk';
import { PinForm } from './PinForm';
import { Sheet } from './Sheet';
import type { ScanView } from './useScan';

/** Starts kiosk mode with a PIN that ends it. It is entered twice: a wrong key would lock the phone. */
export function KioskSetup({ scan: { session }, onClose }: { scan: ScanView; onClose: () => void }) {
  const [first, setFirst] = useState<string | null>(null);
  const [differs, setDiffers] = useState(false);
  const take = async (pin: string) => {
    if (first === null) {
      setFirst(pin);
      setDiffers(false);
      return false;
    }
    if (pin !== first) {
      setFirst(null);
      setDiffers(true);
      return false;
    }
    await session.enterKiosk(pin);
    onClose();
    return true;
  };
  return (
    <Sheet title="Kiosk mode" onClose={onClose}>
      <p className="text-muted">
        {first === null
          ? 'Full screen, with nothing on it but the picture and the result. Choose a PIN of four to eight digits to leave it.'
          : 'Enter the same PIN again.'}
      </p>
      <PinForm
        submit={first === null ? 'Next' : 'Start kiosk mode'}
        accepts={(pin) => PIN_PATTERN.test(pin)}
        onPin={take}
        note={
          <p role="alert" className="min-h-5 text-bad text-sm">
            {differs && 'The two PINs are different. Choose one again.'}
          </p>
        }
      />
    </Sheet>
  );
}
