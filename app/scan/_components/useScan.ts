import { startTransition, useEffect, useState } from 'react';
import { ScanSession } from '@/lib/phone/session/ScanSession';
import type { ScanState } from '@/lib/phone/session/ScanState';
import { APP_VERSION } from '@/lib/phone/util/appVersion';

/** What components are given: what to show, and where to say what was tapped. */
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
 * The one session of this page; null while it is rendered on the server. What it tells is rendered in slices between which
 * the browser paints and hears taps: a store that React reads by itself would be rendered within the task that changed it.
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
