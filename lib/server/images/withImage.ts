import { availableParallelism } from 'node:os';
import { fetchAllow } from '@/lib/server/outbound/fetchAllow';
import { env } from '@/lib/server/platform/env';
import { processWide } from '@/lib/server/platform/processWide';
import { KithError } from '@/lib/shared/contract/errors';
import type { Bitmap } from '@/lib/shared/vision/types';
import { circuitsOf } from './CircuitBreaker';
import { decodeDataUrl, isDataUrl } from './dataUrl';
import { openImage } from './decode';
import { fetchImage } from './fetchImage';
import { PixelBudget } from './pixelBudget';
import { refuseBase64 } from './refuseBase64';

/** Where a picture comes from: exactly one of the two. */
export interface ImageSource {
  /** http, https or `data:`. */
  imageUrl?: string;
  /** An uploaded file, or one that was fetched before. */
  file?: Uint8Array;
  /** The http(s) URL that `file` was fetched from. */
  fetchedFrom?: string;
  /** Who asks: a key, a device, a user, an import. Each has a share of the room for pictures, and of image hosts. */
  owner: string;
  /** Aborted when whoever asked has gone. */
  signal?: AbortSignal;
}

export interface LoadedImage {
  bitmap: Bitmap;
  /** As received. */
  bytes: Uint8Array;
  /** By content. */
  mime: string;
  /** The http(s) URL it was fetched from; null for an upload or a `data:` URL, which is the picture itself. */
  sourceUrl: string | null;
}

/**
 * Fetches or takes a picture, decodes it, and hands it to `use`. It must not be kept beyond that: while `use` runs,
 * its pixels count against what the process may hold (see `PixelBudget`).
 *
 * @throws KithError BAD_REQUEST unless there is exactly one source; BAD_IMAGE_URL, ADDRESS_NOT_ALLOWED,
 *   IMAGE_HOST_FAILED, IMAGE_HOST_TIMEOUT from fetching; IMAGE_TOO_LARGE, IMAGE_TYPE_UNSUPPORTED, IMAGE_UNDECODABLE from
 *   the picture; OVERLOADED when too many wait
 */
export async function withImage<T>(source: ImageSource, use: (image: LoadedImage) => Promise<T>): Promise<T> {
  const { bytes, sourceUrl } = await readSource(source);
  const opened = await openImage({ bytes, maxPixels: env().MAX_IMAGE_PIXELS });
  return pixelBudget().with({ pixels: opened.pixels, owner: source.owner, signal: source.signal }, async () =>
    use({ bitmap: await opened.decode(), bytes, mime: opened.mime, sourceUrl }),
  );
}

/** The bytes of a picture, not looked into. Throws as `withImage` does of sources and fetching. */
export async function readSource(source: ImageSource): Promise<{ bytes: Uint8Array; sourceUrl: string | null }> {
  const { imageUrl, file, fetchedFrom = null, owner, signal } = source;
  const maxBytes = env().MAX_IMAGE_BYTES;
  if ((imageUrl === undefined) === (file === undefined)) {
    throw new KithError(
      'BAD_REQUEST',
      'Give one picture: either image_url, or a file named image in a multipart form.',
      {
        details: { field: 'image_url' },
      },
    );
  }
  if (file !== undefined) {
    if (file.byteLength > maxBytes) {
      throw new KithError('IMAGE_TOO_LARGE', `image has more than ${maxBytes} bytes, the most this server takes.`);
    }
    return { bytes: file, sourceUrl: fetchedFrom };
  }
  const url = imageUrl as string;
  refuseBase64(url);
  if (isDataUrl(url)) return { bytes: decodeDataUrl({ url, maxBytes }), sourceUrl: null };
  const fetch = () => fetchImage({ url, maxBytes, allow: fetchAllow(), owner, signal });
  // What is no URL names no host; `fetchImage` says so.
  const bytes = await (URL.canParse(url) ? circuitsOf(owner).run(new URL(url).host, fetch) : fetch());
  return { bytes, sourceUrl: url };
}

/** Pictures that are decoded or looked at at a time: more than keep every thread busy, and few enough to wait behind. */
const AT_ONCE = Math.max(12, 4 * availableParallelism());

/** Room for two of the largest pictures, or for a dozen as phones take them. */
function pixelBudget(): PixelBudget {
  const { MAX_IMAGE_PIXELS, INFERENCE_QUEUE } = env();
  return processWide(
    'pixelBudget',
    () => new PixelBudget({ pixels: 2 * MAX_IMAGE_PIXELS, pictures: AT_ONCE, waiting: INFERENCE_QUEUE }),
  );
}
