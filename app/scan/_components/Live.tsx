import { useEffect, useState } from 'react';
import { keepAwake } from '@/lib/phone/session/keepAwake';
import { GettingReady } from './GettingReady';
import { KioskLock } from './KioskLock';
import { Menu } from './Menu';
import { Panel } from './Panel';
import { Picture } from './Picture';
import { PictureControls } from './PictureControls';
import { Result } from './Result';
import { StatusBar } from './StatusBar';
import type { ScanView } from './useScan';

/** The main view: the picture, the result, and earlier recognitions. */
export function Live({ scan }: { scan: ScanView }) {
  const { state, session } = scan;
  const [menu, setMenu] = useState(false);
  const kiosk = state.local.kiosk !== null;
  useEffect(() => keepAwake(), []);
  return (
    // A tap anywhere enables sound and full screen; all actions are on the buttons inside.
    <main
      className="flex h-dvh flex-col overflow-hidden bg-canvas landscape:flex-row"
      onPointerUp={() => session.tapped()}
    >
      <h1 className="sr-only">{state.settings?.name ?? 'Recognition'}</h1>
      <section className="relative min-h-0 min-w-0 flex-1 overflow-hidden bg-black" aria-label="Live picture">
        <Picture scan={scan} />
        <div className="pointer-events-none absolute inset-x-0 top-0 flex items-start justify-between gap-3 bg-gradient-to-b from-black/60 to-transparent pt-[max(1rem,env(safe-area-inset-top))] pr-4 pb-10 pl-[max(1rem,env(safe-area-inset-left))]">
          <StatusBar state={state} />
          <div className="pointer-events-auto">
            {kiosk ? <KioskLock scan={scan} /> : <PictureControls scan={scan} onMenu={() => setMenu(true)} />}
          </div>
        </div>
        <div className="absolute inset-x-0 bottom-0">
          <GettingReady state={state} />
          <Result scan={scan} />
        </div>
      </section>
      {!kiosk && <Panel scan={scan} />}
      {menu && <Menu scan={scan} onClose={() => setMenu(false)} />}
    </main>
  );
}
