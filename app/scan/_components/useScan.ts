import { useEffect, useState, useSyncExternalStore } from 'react';
import { APP_VERSION } from '@/lib/scan/appVersion';
import { ScanSession } from '@/lib/scan/ScanSession';
import type { ScanState } from '@/lib/scan/ScanState';

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

/** The one session of this page; null while it is rendered on the server. */
export function useScan(): ScanView | null {
  const [session, setSession] = useState<ScanSession | null>(null);
  useEffect(() => {
    const begun = new ScanSession({ appVersion: APP_VERSION });
    window.kithScan = begun;
    setSession(begun);
    void begun.start();
    return () => begun.close();
  }, []);
  const state = useSyncExternalStore(
    session?.subscribe ?? nothing,
    () => session?.state ?? null,
    () => null,
  );
  return session && state ? { session, state } : null;
}

const nothing = () => () => {};
