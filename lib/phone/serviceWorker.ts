/// <reference lib="webworker" />
import { type PrecacheEntry, Serwist, type SerwistGlobalConfig } from 'serwist';
import { ASSET_CACHE, deleteOldAssets } from '@/lib/phone/offline/assetCache';
import { SYNC_TAG } from '@/lib/phone/offline/registration';
import { openPhone } from '@/lib/phone/store/phone';
import { syncOnce } from '@/lib/phone/sync/syncOnce';

declare const self: ServiceWorkerGlobalScope &
  SerwistGlobalConfig & { __SW_MANIFEST: (PrecacheEntry | string)[] | undefined };
/** Inlined by the build. */
declare const APP_VERSION: string;

/**
 * The shell (page, scripts, styles, icons) is precached per version when this worker installs. The page caches the
 * models itself, because it shows the progress. A new version waits for the user's consent (`SKIP_WAITING`).
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

self.addEventListener('activate', (event) => event.waitUntil(deleteOldAssets()));

/** The event of Background Sync and Periodic Background Sync; TypeScript's library does not declare it. */
interface SyncEvent extends ExtendableEvent {
  tag: string;
}

for (const type of ['sync', 'periodicsync']) {
  self.addEventListener(type, (event) => {
    const { tag } = event as SyncEvent;
    if (tag === SYNC_TAG) (event as SyncEvent).waitUntil(syncInBackground());
  });
}

/** Rejects when the server cannot be reached; the browser then retries later. */
async function syncInBackground(): Promise<void> {
  const outcome = await syncOnce(await openPhone(), { appVersion: APP_VERSION });
  if (outcome.kind === 'offline') throw new Error(outcome.reason);
}
