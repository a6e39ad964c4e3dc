import { readFile, writeFile } from 'node:fs/promises';
import { openImage } from '@/lib/server/images/decode';
import { Recogniser } from '@/lib/server/vision/recogniser';

/**
 * Returns the encoding of each photo's largest face; photos without a face are missing.
 * @param cache a JSON file that stores the encodings for the next run. It holds biometric data: keep it out of any
 *   repository, and delete it afterwards.
 */
export async function encodePhotos(photos: readonly string[], cache?: string): Promise<Map<string, Float32Array>> {
  const known = cache ? await readCache(cache) : {};
  const missing = photos.filter((photo) => !(photo in known));
  if (missing.length > 0) {
    const recogniser = await Recogniser.load();
    await Promise.all(
      missing.map(async (photo) => {
        known[photo] = await encodeLargest(recogniser, photo);
      }),
    );
    await recogniser.close();
    if (cache) await writeFile(cache, JSON.stringify(known), { mode: 0o600 });
  }
  return new Map(photos.flatMap((photo) => (known[photo] ? [[photo, Float32Array.from(known[photo])]] : [])));
}

/** By path of the photo; null if no face was found. */
type Encoded = Record<string, number[] | null>;

async function encodeLargest(recogniser: Recogniser, photo: string): Promise<number[] | null> {
  const [largest] = await recogniser.analyse({
    bitmap: async () => {
      const opened = await openImage({ bytes: await readFile(photo), maxPixels: 200e6 });
      return opened.decode();
    },
    encode: true,
  });
  return largest?.encoding ? Array.from(largest.encoding) : null;
}

async function readCache(file: string): Promise<Encoded> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Encoded;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
