/// <reference lib="webworker" />

import { openPhone, type Phone } from '@/lib/phone/store/phone';
import { loadLanguageData } from '@/lib/phone/util/languageData';
import { throttle } from '@/lib/phone/util/throttle';
import type { FromSyncWorker, ToSyncWorker } from './protocol';
import { type SyncProgress, syncOnce } from './syncOnce';

declare const self: DedicatedWorkerGlobalScope;

let opened: Promise<Phone> | null = null;
let running: Promise<void> = Promise.resolve();

/** Runs syncs one after the other, however often they are requested. */
self.onmessage = ({ data }: MessageEvent<ToSyncWorker>) => {
  running = running.then(() => round(data));
};

async function round({ appVersion, restart }: ToSyncWorker): Promise<void> {
  try {
    opened ??= openPhone();
    const onProgress = throttle((progress: SyncProgress) => post({ type: 'progress', progress }));
    post({ type: 'outcome', outcome: await syncOnce(await opened, { appVersion, onProgress, restart }) });
  } catch (error) {
    // If another tab upgraded or wiped the database, the next sync opens it again.
    opened = null;
    post({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

loadLanguageData();
post({ type: 'begun' });

function post(message: FromSyncWorker): void {
  self.postMessage(message);
}
