import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { openImage } from '@/lib/server/images/decode';
import type { Bitmap } from '@/lib/shared/vision/types';
import { httpGet, readBody } from '../httpGet';
import { MAX_PIXELS } from '../lookAtPicture';
import { MAX_WIDTH } from './readFrames';
import { StreamError } from './StreamError';

/** Maximum size of a camera's picture, bytes. */
const MAX_BYTES = 32e6;

/** Returns whether an address returns one picture per request. False if this cannot be determined. */
export async function isSnapshot(address: string, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await httpGet(address, signal);
    await response.body?.cancel();
    return /^image\//i.test(response.headers.get('content-type') ?? '');
  } catch {
    return false;
  }
}

/**
 * Requests pictures from a camera repeatedly, at most one per `every` seconds.
 * @throws StreamError if it returns none
 */
export async function* readSnapshots(address: string, every: number, signal: AbortSignal): AsyncGenerator<Bitmap> {
  while (!signal.aborted) {
    const begun = performance.now();
    const bitmap = await snapshot(address, signal).catch((error: unknown) => {
      if (signal.aborted) return null;
      throw new StreamError(error instanceof Error ? error.message : String(error), { cause: error });
    });
    if (bitmap === null) return;
    yield bitmap;
    const rest = every * 1000 - (performance.now() - begun);
    if (rest > 0) await sleep(rest, undefined, { signal }).catch(() => {});
  }
}

async function snapshot(address: string, signal: AbortSignal): Promise<Bitmap> {
  const bytes = await readBody(await httpGet(address, signal), MAX_BYTES);
  const bitmap = await (await openImage({ bytes, maxPixels: MAX_PIXELS })).decode();
  if (bitmap.width <= MAX_WIDTH) return bitmap;
  const { width, height } = bitmap;
  const { data, info } = await sharp(bitmap.data, { raw: { width, height, channels: 3 } })
    .resize({ width: MAX_WIDTH })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: new Uint8Array(data), width: info.width, height: info.height };
}
