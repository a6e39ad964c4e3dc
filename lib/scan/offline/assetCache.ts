import { ASSETS, ASSETS_VERSION, type Asset } from '@/lib/vision/browser/assets';

const PREFIX = 'kith-assets-';

/** The cache that holds models and WebAssembly of this version; nothing else is in it. */
export const ASSET_CACHE = PREFIX + ASSETS_VERSION;

export interface DownloadProgress {
  /** Bytes that are here. */
  done: number;
  total: number;
}

const TOTAL = ASSETS.reduce((sum, { bytes }) => sum + bytes, 0);

/**
 * Fetches every model and keeps it, file by file: what is here already is not fetched again, so an interrupted
 * download goes on where it stopped. Each file is checked before it is kept. Throws what fetch throws, QuotaExceededError,
 * and an Error for a file that is not what the manifest says.
 */
export async function downloadAssets(onProgress: (progress: DownloadProgress) => void): Promise<void> {
  const cache = await caches.open(ASSET_CACHE);
  let done = 0;
  const report = (more: number) => {
    done += more;
    onProgress({ done, total: TOTAL });
  };
  report(0);
  for (const asset of ASSETS) {
    if (await cache.match(asset.url)) report(asset.bytes);
    else await cache.put(asset.url, await fetchChecked(asset, report));
  }
}

/** Whether every model is here. */
export async function hasAllAssets(): Promise<boolean> {
  if (!(await caches.has(ASSET_CACHE))) return false;
  const cache = await caches.open(ASSET_CACHE);
  const found = await Promise.all(ASSETS.map(({ url }) => cache.match(url)));
  return found.every(Boolean);
}

/** Deletes the models of other versions. */
export async function forgetOldAssets(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== ASSET_CACHE) await caches.delete(name);
  }
}

async function fetchChecked({ url, bytes, sha256 }: Asset, report: (more: number) => void): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new Error(`${url} answered ${response.status}`);
  const content = new Uint8Array(bytes);
  let length = 0;
  for (const reader = response.body.getReader(); ; ) {
    const { value, done } = await reader.read();
    if (done) break;
    if (length + value.length <= bytes) content.set(value, length);
    length += value.length;
    report(value.length);
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (length !== bytes || hex !== sha256) throw new Error(`${url} is not the file this version was made with`);
  return new Response(content, { headers: { 'Content-Type': response.headers.get('Content-Type') ?? '' } });
}
