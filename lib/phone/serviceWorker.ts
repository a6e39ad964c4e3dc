/// <reference lib="webworker" />
import { type PrecacheEntry, Serwist, type SerwistGlobalConfig } from 'serwist';
import { ASSET_CACHE, forgetOldAssets } from '@/lib/phone/offline/assetCache';
import { SYNC_TAG } from '@/lib/phone/offline/registration';
import { openPhone } from '@/lib/phone/store/phone';
import { syncOnce } from '@/lib/phone/sync/syncOnce';

declare const self: ServiceWorkerGlobalScope &
  SerwistGlobalConfig & { __SW_MANIFEST: (PrecacheEntry | string)[] | undefined };
/** Put in when this file is built. */
declare const APP_VERSION: string;

/**
 * The shell (page, scripts, styles, icons) is kept by version when this worker installs; models are kept by the page,
 * which shows how far it is. A new version waits until the person says so (`SKIP_WAITING`).
 */
const serwist = new Serwist({
  precacheEntries: self.__SW_MANIFEST ?? [],
  precacheOptions: { cleanupOutdatedCaches: true },
  skipWaiting: false,
  clientsClaim: true,
  disableDevLogs: true,
  runtimeCaching: [
    {
      matcher: ({ url, sameOrigin }) => sameOrigin && /^\/(models|wasm)\//.test(url.pathname),
      handler: async ({ request }) => (await (await caches.open(ASSET_CACHE)).match(request.url)) ?? fetch(request),
    },
  ],
});
serwist.addEventListeners();

self.addEventListener('activate', (event) => event.waitUntil(forgetOldAssets()));

/** Background Sync and Periodic Background Sync, which TypeScript's library does not have. */
interface SyncEvent extends ExtendableEvent {
  tag: string;
}

for (const type of ['sync', 'periodicsync']) {
  self.addEventListener(type, (event) => {
    const { tag } = event as SyncEvent;
    if (tag === SYNC_TAG) (event as SyncEvent).waitUntil(syncInBackground());
  });
}

/** Rejects when the server was not reached, upon which the browser tries again later. */
async function syncInBackground(): Promise<void> {
  const outcome = await syncOnce(await openPhone(), { appVersion: APP_VERSION });
  if (outcome.kind === 'offline') throw new Error(outcome.reason);
}
