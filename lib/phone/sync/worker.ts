/// <reference lib="webworker" />

import { openPhone, type Phone } from '@/lib/phone/store/phone';
import { loadLanguageData } from '@/lib/phone/util/languageData';
import { nowAndThen } from '@/lib/phone/util/nowAndThen';
import type { FromSyncWorker, ToSyncWorker } from './protocol';
import { type SyncProgress, syncOnce } from './syncOnce';

declare const self: DedicatedWorkerGlobalScope;

let opened: Promise<Phone> | null = null;
let running: Promise<void> = Promise.resolve();

/** Rounds come one after the other, however often they are asked for. */
self.onmessage = ({ data }: MessageEvent<ToSyncWorker>) => {
  running = running.then(() => round(data));
};

async function round({ appVersion }: ToSyncWorker): Promise<void> {
  try {
    opened ??= openPhone();
    const onProgress = nowAndThen((progress: SyncProgress) => post({ type: 'progress', progress }));
    post({ type: 'outcome', outcome: await syncOnce(await opened, { appVersion, onProgress }) });
  } catch (error) {
    // A database that another tab upgraded or wiped is opened anew next time.
    opened = null;
    post({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

loadLanguageData();
post({ type: 'begun' });

function post(message: FromSyncWorker): void {
  self.postMessage(message);
}
