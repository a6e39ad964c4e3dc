import { type DownloadProgress, hasAllAssets } from './assetCache';
import { downloadInWorker } from './downloadInWorker';

export type OfflineState =
  | { kind: 'unsupported' }
  | { kind: 'preparing'; progress: DownloadProgress | null }
  | { kind: 'ready' }
  | { kind: 'interrupted' }
  | { kind: 'full' };

export interface OfflineListener {
  onState(state: OfflineState): void;
  /** A newer version is installed and waits. `apply` activates it and reloads the page. */
  onUpdate(apply: () => void): void;
}

const SERVICE_WORKER = '/serwist/sw.js';
const SCOPE = '/scan';
/** An interrupted download is retried when the connection returns, at the latest after this long, ms. */
const RETRY_MS = 15_000;
/** Interval at which an open page checks for a newer version, ms. */
const UPDATE_EVERY_MS = 60 * 60_000;
/** Tag of Background Sync and Periodic Background Sync. */
export const SYNC_TAG = 'kith-sync';
const PERIODIC_MS = 12 * 60 * 60_000;

/**
 * Prepares the page for offline use: downloads the models, and registers the service worker, which caches the shell. An
 * interrupted download resumes by itself, in this visit or the next. Returns a function that stops listening.
 */
export function prepareOffline(listener: OfflineListener): () => void {
  if (!('serviceWorker' in navigator) || process.env.NODE_ENV === 'development') {
    listener.onState({ kind: 'unsupported' });
    return () => {};
  }
  let stopped = false;
  let timer: ReturnType<typeof setInterval> | undefined;
  const report = (state: OfflineState) => {
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
    if (!(await hasAllAssets())) await downloadInWorker((progress) => report({ kind: 'preparing', progress }));
  };
  const prepare = async (): Promise<OfflineState> => {
    try {
      // On a first visit the models load first, because recognition waits for them. Caching the shell makes the browser
      // compile it, which takes half a second. The worker is registered even when the download fails, so that newer
      // versions are found.
      const [downloaded] = await Promise.allSettled([download()]);
      await register();
      if (downloaded.status === 'rejected') throw downloaded.reason;
      await navigator.serviceWorker.ready;
      return { kind: 'ready' };
    } catch (error) {
      if (error instanceof DOMException && error.name === 'QuotaExceededError') return { kind: 'full' };
      // Offline, but with everything cached, is ready.
      return { kind: (await isReady()) ? 'ready' : 'interrupted' };
    }
  };
  void (async () => {
    report({ kind: 'preparing', progress: null });
    while (!stopped) {
      const state = await prepare();
      report(state);
      if (state.kind !== 'interrupted') return;
      await onlineOrAfter(RETRY_MS);
    }
  })();
  return () => {
    stopped = true;
    clearInterval(timer);
  };
}

/** Resolves when the browser reports a connection, or after `ms`, because the browser may miss it. */
function onlineOrAfter(ms: number): Promise<void> {
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
    // The first version ever installs without a prompt.
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

/** TypeScript's DOM declares neither; not every browser has them. */
interface BackgroundSync {
  sync?: { register(tag: string): Promise<void> };
  periodicSync?: { register(tag: string, options: { minInterval: number }): Promise<void> };
}

async function registerBackgroundSync(registration: ServiceWorkerRegistration & BackgroundSync): Promise<void> {
  // Rejected without permission, which an installed page has. The open page syncs by itself anyway.
  await registration.periodicSync?.register(SYNC_TAG, { minInterval: PERIODIC_MS }).catch(() => undefined);
}

/** Requests a background sync: the browser runs it when the connection returns, even with the page closed. */
export async function syncInBackground(): Promise<void> {
  const registration: (ServiceWorkerRegistration & BackgroundSync) | undefined =
    await navigator.serviceWorker?.getRegistration(SCOPE);
  await registration?.sync?.register(SYNC_TAG).catch(() => undefined);
}
