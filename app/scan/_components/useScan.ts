import { startTransition, useEffect, useState } from 'react';
import { ScanSession } from '@/lib/phone/session/ScanSession';
import type { ScanState } from '@/lib/phone/session/ScanState';
import { APP_VERSION } from '@/lib/phone/util/appVersion';

/** Passed to components: the state to show, and the session to call. */
export interface ScanView {
  state: ScanState;
  session: ScanSession;
}

declare global {
  interface Window {
    /** The page's session, for tests, benchmarks and support in the browser's console. */
    kithScan?: ScanSession;
  }
}

/**
 * Returns the single session of this page; null during server rendering. State changes are rendered in slices (a
 * transition), between which the browser paints and handles input. `useSyncExternalStore` would render within the task
 * that changed the state.
 */
export function useScan(): ScanView | null {
  const [view, setView] = useState<ScanView | null>(null);
  useEffect(() => {
    const session = new ScanSession({ appVersion: APP_VERSION });
    window.kithScan = session;
    const show = () => startTransition(() => setView({ session, state: session.state }));
    session.subscribe(show);
    show();
    void session.start();
    return () => session.close();
  }, []);
  return view;
}
