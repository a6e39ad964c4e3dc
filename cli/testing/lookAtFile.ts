import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openImage } from '@/lib/server/images/decode';
import { Recogniser } from '@/lib/server/vision/recogniser';

let loaded: Promise<Recogniser> | undefined;

/** Returns the encoding of the largest face of a picture file, as the server computes it. */
export async function lookAtFile(path: string): Promise<Float32Array> {
  loaded ??= Recogniser.load({ folder: fileURLToPath(new URL('../../models', import.meta.url)), threads: 1 });
  const opened = await openImage({ bytes: await readFile(path), maxPixels: 60e6 });
  const [face] = await (await loaded).analyse({ bitmap: () => opened.decode(), encode: true });
  if (!face?.encoding) throw new Error(`no face in ${path}`);
  return face.encoding;
}
