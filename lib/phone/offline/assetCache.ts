import { ASSETS, ASSETS_VERSION, type Asset } from '@/lib/phone/vision/assets';

const PREFIX = 'kith-assets-';

/** Name of the cache for the models and WebAssembly of this version. It holds nothing else. */
export const ASSET_CACHE = PREFIX + ASSETS_VERSION;

export interface DownloadProgress {
  /** Bytes downloaded. */
  done: number;
  total: number;
}

const TOTAL = ASSETS.reduce((sum, { bytes }) => sum + bytes, 0);

/**
 * Size of a piece of a large file, bytes. Each piece is cached as it arrives, so an interruption loses less than one
 * piece.
 */
const PIECE = 1 << 20;

/** Web Lock of the download: one at a time; other readers wait for it. */
const ASSETS_LOCK = 'kith-assets';

/**
 * Downloads every model into the cache, large files piece by piece. Cached files and pieces are skipped, so an
 * interrupted download resumes, also after a crash. Each file's hash is checked before it is cached. Throws what fetch
 * throws, QuotaExceededError, and an Error for a file that does not match the manifest.
 */
export function downloadAssets(onProgress: (progress: DownloadProgress) => void): Promise<void> {
  return navigator.locks.request(ASSETS_LOCK, () => download(onProgress));
}

/**
 * Returns a model from the cache. Waits for a running download, so that nothing is fetched twice over a slow
 * connection; fetches the model if it is not cached afterwards. Rejects as `fetch` does.
 */
export async function getAsset(url: string): Promise<Response> {
  const cache = await caches.open(ASSET_CACHE);
  const kept = await cache.match(url);
  if (kept) return kept;
  const arrived = await navigator.locks.request(ASSETS_LOCK, { mode: 'shared' }, () => cache.match(url));
  return arrived ?? fetch(url);
}

async function download(onProgress: (progress: DownloadProgress) => void): Promise<void> {
  const cache = await caches.open(ASSET_CACHE);
  let done = 0;
  const report = (more: number) => {
    done += more;
    onProgress({ done, total: TOTAL });
  };
  report(0);
  for (const asset of ASSETS) {
    if (await cache.match(asset.url)) report(asset.bytes);
    else await keep(cache, asset, report);
  }
}

/** Returns whether every model is cached. */
export async function hasAllAssets(): Promise<boolean> {
  if (!(await caches.has(ASSET_CACHE))) return false;
  const cache = await caches.open(ASSET_CACHE);
  const found = await Promise.all(ASSETS.map(({ url }) => cache.match(url)));
  return found.every(Boolean);
}

/** Deletes the models of other versions. */
export async function deleteOldAssets(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== ASSET_CACHE) await caches.delete(name);
  }
}

async function keep(cache: Cache, { url, bytes, sha256 }: Asset, report: (more: number) => void): Promise<void> {
  const content = new Uint8Array(bytes);
  let type = '';
  for (let start = 0; start < bytes; ) {
    const piece = await getPiece(cache, { url, start, end: Math.min(start + PIECE, bytes), whole: bytes });
    content.set(piece.content, start);
    start += piece.content.length;
    type = piece.type;
    report(piece.content.length);
  }
  const pieces = (await cache.keys(url, { ignoreSearch: true })).filter(({ url: key }) => key.includes('?from='));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const right = hex === sha256;
  if (right) await cache.put(url, new Response(content, { headers: { 'Content-Type': type } }));
  // The pieces of a wrong file are deleted too; otherwise every retry would fail.
  for (const piece of pieces) await cache.delete(piece);
  if (!right) throw new Error(`${url} does not match the manifest of this version`);
}

interface Piece {
  url: string;
  /** Bytes from `start` up to but not `end`, of `whole`. */
  start: number;
  end: number;
  whole: number;
}

/**
 * Returns a piece from the cache, or fetches and caches it. A server without range requests returns the whole file (RFC
 * 9110, 14.2); then the rest of the file is returned.
 */
async function getPiece(
  cache: Cache,
  { url, start, end, whole }: Piece,
): Promise<{ content: Uint8Array; type: string }> {
  const key = `${url}?from=${start}`;
  const kept = await cache.match(key);
  if (kept) return { content: await bytesOf(kept), type: typeOf(kept) };
  const inParts = end - start < whole;
  const response = await fetch(url, inParts ? { headers: { Range: `bytes=${start}-${end - 1}` } } : {});
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const received = await bytesOf(response);
  const content = inParts && response.status === 200 ? received.subarray(start) : received;
  const expected = response.status === 206 ? end - start : whole - start;
  if (content.length !== expected) throw new Error(`${url} does not match the manifest of this version`);
  if (response.status === 206) {
    await cache.put(key, new Response(content.slice(), { headers: { 'Content-Type': typeOf(response) } }));
  }
  return { content, type: typeOf(response) };
}

const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());
const typeOf = ({ headers }: Response) => headers.get('Content-Type') ?? '';
