import { type DownloadProgress, hasAllAssets } from './assetCache';
import { downloadBeside } from './downloadBeside';

export type OfflineState =
  | { kind: 'unsupported' }
  | { kind: 'preparing'; progress: DownloadProgress | null }
  | { kind: 'ready' }
  | { kind: 'interrupted' }
  | { kind: 'full' };

export interface OfflineListener {
  onState(state: OfflineState): void;
  /** A newer version is here and waits; `apply` changes over to it, which reloads the page. */
  onUpdate(apply: () => void): void;
}

const SERVICE_WORKER = '/serwist/sw.js';
const SCOPE = '/scan';
/** An interrupted download is tried again when the connection is back, and after so long anyway, ms. */
const RETRY_MS = 15_000;
/** How often an open page asks whether there is a newer version, ms. */
const UPDATE_EVERY_MS = 60 * 60_000;
/** Tags of Background Sync and Periodic Background Sync. */
export const SYNC_TAG = 'kith-sync';
const PERIODIC_MS = 12 * 60 * 60_000;

/**
 * Makes the page work with no network: fetches the models, and registers the service worker, which keeps the shell. What
 * was interrupted goes on where it stopped, by itself, in this visit or the next. Returns how to stop listening.
 */
export function prepareOffline(listener: OfflineListener): () => void {
  if (!('serviceWorker' in navigator) || process.env.NODE_ENV === 'development') {
    listener.onState({ kind: 'unsupported' });
    return () => {};
  }
  let stopped = false;
  let timer: ReturnType<typeof setInterval> | undefined;
  const tell = (state: OfflineState) => {
    if (!stopped) listener.onState(state);
  };
  let registration: ServiceWorkerRegistration | undefined;
  const register = async () => {
    if (registration) return;
    const registered = await navigator.serviceWorker.register(SERVICE_WORKER, { scope: SCOPE, type: 'module' });
    registration = registered;
    watchUpdates(registered, listener);
    timer = setInterval(() => void registered.update().catch(() => undefined), UPDATE_EVERY_MS);
    await registerBackgroundSync(registered);
  };
  const download = async () => {
    if (!(await hasAllAssets())) await downloadBeside((progress) => tell({ kind: 'preparing', progress }));
  };
  const prepare = async (): Promise<OfflineState> => {
    try {
      // On a first visit the models come first, as recognition waits for them; the browser compiles the shell that the
      // service worker keeps, which takes half a second. A newer version is heard of even where models fail.
      const [downloaded] = await Promise.allSettled([download()]);
      await register();
      if (downloaded.status === 'rejected') throw downloaded.reason;
      await navigator.serviceWorker.ready;
      return { kind: 'ready' };
    } catch (error) {
      if (error instanceof DOMException && error.name === 'QuotaExceededError') return { kind: 'full' };
      // Offline with everything here is ready.
      return { kind: (await isReady()) ? 'ready' : 'interrupted' };
    }
  };
  void (async () => {
    tell({ kind: 'preparing', progress: null });
    while (!stopped) {
      const state = await prepare();
      tell(state);
      if (state.kind !== 'interrupted') return;
      await connectionOr(RETRY_MS);
    }
  })();
  return () => {
    stopped = true;
    clearInterval(timer);
  };
}

/** Resolves when the browser says that there is a connection again, or after so many ms, as it may not notice. */
function connectionOr(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      removeEventListener('online', go);
      resolve();
    };
    const timer = setTimeout(go, ms);
    addEventListener('online', go);
  });
}

async function isReady(): Promise<boolean> {
  const registration = await navigator.serviceWorker.getRegistration(SCOPE);
  return Boolean(registration?.active) && (await hasAllAssets().catch(() => false));
}

function watchUpdates(registration: ServiceWorkerRegistration, listener: OfflineListener): void {
  const offer = (worker: ServiceWorker) => {
    // The very first version installs without anybody to ask.
    if (!navigator.serviceWorker.controller) return;
    listener.onUpdate(() => {
      navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
      worker.postMessage({ type: 'SKIP_WAITING' });
    });
  };
  if (registration.waiting) offer(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing;
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed') offer(worker);
    });
  });
}

/** Neither is in TypeScript's DOM, nor in every browser. */
interface BackgroundSync {
  sync?: { register(tag: string): Promise<void> };
  periodicSync?: { register(tag: string, options: { minInterval: number }): Promise<void> };
}

async function registerBackgroundSync(registration: ServiceWorkerRegistration & BackgroundSync): Promise<void> {
  // Both are refused without permission, which an installed page has; the open page syncs by itself anyway.
  await registration.periodicSync?.register(SYNC_TAG, { minInterval: PERIODIC_MS }).catch(() => undefined);
}

/** Asks the browser to sync when the connection is back, even with the page closed. */
export async function syncInBackground(): Promise<void> {
  const registration: (ServiceWorkerRegistration & BackgroundSync) | undefined =
    await navigator.serviceWorker?.getRegistration(SCOPE);
  await registration?.sync?.register(SYNC_TAG).catch(() => undefined);
}
