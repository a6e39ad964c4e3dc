import { fetchAllow } from '@/lib/server/outbound/fetchAllow';
import { env } from '@/lib/server/platform/env';
import { KithError } from '@/lib/shared/contract/errors';
import type { Bitmap } from '@/lib/shared/vision/types';
import { circuitsOf } from './CircuitBreaker';
import { decodeDataUrl, isDataUrl } from './dataUrl';
import { openImage } from './decode';
import { fetchImage } from './fetchImage';
import { pictureGate } from './PictureGate';
import { refuseBase64 } from './refuseBase64';

/** A picture by its URL. */
export interface ImageByUrl {
  /** An http, https or `data:` URL. */
  imageUrl: string;
  file?: undefined;
  fetchedFrom?: undefined;
}

/** A picture by its bytes. */
export interface ImageByFile {
  /** An uploaded file, or a file that was fetched before. */
  file: Uint8Array;
  /** The http(s) URL that it was fetched from. */
  fetchedFrom?: string | undefined;
  imageUrl?: undefined;
}

/** Who requests the processing of a picture. */
export interface ImageAsker {
  /** A key, a device, a user or an import. Each has a share of the room for pictures, and its own circuit breakers. */
  owner: string;
  /** Aborted when the caller disconnects. */
  signal?: AbortSignal | undefined;
}

/** A picture and its requester. */
export type ImageSource = ImageAsker & (ImageByUrl | ImageByFile);

export interface LoadedImage {
  bitmap: Bitmap;
  /** As received. */
  bytes: Uint8Array;
  /** By content. */
  mime: string;
  /** The http(s) URL it was fetched from; null for an upload or a `data:` URL. */
  sourceUrl: string | null;
}

/**
 * Fetches or takes a picture, decodes it, and passes it to `use`. It must not be kept afterwards, because its pixels
 * are counted only while `use` runs (see `PictureGate`).
 *
 * @throws KithError BAD_IMAGE_URL, ADDRESS_NOT_ALLOWED, IMAGE_HOST_FAILED, IMAGE_HOST_TIMEOUT from fetching;
 * IMAGE_TOO_LARGE, IMAGE_TYPE_UNSUPPORTED, IMAGE_UNDECODABLE from the picture; OVERLOADED if too many wait
 */
export async function withImage<T>(source: ImageSource, use: (image: LoadedImage) => Promise<T>): Promise<T> {
  const { bytes, sourceUrl } = await readSource(source);
  const opened = await openImage({ bytes, maxPixels: env().MAX_IMAGE_PIXELS });
  return pictureGate().withPixels({ pixels: opened.pixels, owner: source.owner, signal: source.signal }, async () =>
    use({ bitmap: await opened.decode(), bytes, mime: opened.mime, sourceUrl }),
  );
}

/** Returns the bytes of a picture without checking them. Throws the errors of `withImage` for sources and fetching. */
export async function readSource(source: ImageSource): Promise<{ bytes: Uint8Array; sourceUrl: string | null }> {
  const { owner, signal } = source;
  const maxBytes = env().MAX_IMAGE_BYTES;
  if (source.file !== undefined) {
    if (source.file.byteLength > maxBytes) {
      throw new KithError('IMAGE_TOO_LARGE', `image has more than ${maxBytes} bytes, the most this server takes.`);
    }
    return { bytes: source.file, sourceUrl: source.fetchedFrom ?? null };
  }
  const { imageUrl: url } = source;
  refuseBase64(url);
  if (isDataUrl(url)) return { bytes: decodeDataUrl({ url, maxBytes }), sourceUrl: null };
  const fetch = () => fetchImage({ url, maxBytes, allow: fetchAllow(), owner, signal });
  // An invalid URL has no host; `fetchImage` reports it.
  const bytes = await (URL.canParse(url) ? circuitsOf(owner).run(new URL(url).host, fetch) : fetch());
  return { bytes, sourceUrl: url };
}
