import { Menu as MenuIcon } from 'lucide-react';
import { useState } from 'react';
import { Button } from './Button';
import { KioskLock } from './KioskLock';
import { Menu } from './Menu';
import type { ScanView } from './useScan';

/** The way to the menu from a screen of trouble; in kiosk mode, the way out of it. */
export function TroubleMenu({ scan }: { scan: ScanView }) {
  const [open, setOpen] = useState(false);
  if (scan.state.local.kiosk) {
    return (
      <div className="flex justify-center">
        <KioskLock scan={scan} />
      </div>
    );
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <MenuIcon className="size-4" /> Menu
      </Button>
      {open && <Menu scan={scan} onClose={() => setOpen(false)} />}
    </>
  );
}
