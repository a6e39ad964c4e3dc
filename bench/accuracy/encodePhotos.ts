import { readFile } from 'node:fs/promises';
import { openImage } from '@/lib/server/images/decode';
import type { Recogniser } from '@/lib/server/vision/recogniser';

/** Returns the encoding of each photo's largest face; photos without a face are missing. */
export async function encodePhotos(recogniser: Recogniser, photos: string[]): Promise<Map<string, Float32Array>> {
  const encodings = new Map<string, Float32Array>();
  await Promise.all(
    photos.map(async (photo) => {
      const [largest] = await recogniser.analyse({
        bitmap: async () => {
          const opened = await openImage({ bytes: await readFile(photo), maxPixels: 200e6 });
          return opened.decode();
        },
        encode: true,
      });
      if (largest?.encoding) encodings.set(photo, largest.encoding);
    }),
  );
  return encodings;
}
