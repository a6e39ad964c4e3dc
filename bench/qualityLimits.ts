/*
 * npm run bench:quality-limits -- PEOPLE
 *
 * Measures which pictures the limits of enrolment should refuse. PEOPLE is a labelled folder with several pictures of a
 * person, as bench:accuracy reads it. Each picture is blurred and shrunk in steps, as if it were enrolled in that
 * quality, and compared with the person's other, unchanged pictures. Prints the number of pictures for each range of
 * sharpness and of size (pixels between the outer eye corners). Also prints the fraction of their comparisons that
 * reach trust 50.
 */
import { normalisedDistance, trust } from '@kith/sdk';
import sharp, { type Sharp } from 'sharp';
import { Recogniser } from '@/lib/server/vision/recogniser';
import { bitmapOf } from '@/lib/shared/vision/testing/photos';
import type { Bitmap } from '@/lib/shared/vision/types';
import { readLabelled } from './accuracy/labelled';
import { printLine } from './lib/printLine';

/** Start of each range. */
const RANGES = {
  sharpness: [0, 0.001, 0.02, 0.05, 0.1, 0.2, 0.4],
  size: [0, 8, 10, 12, 14, 18, 22, 28],
} as const;
type Limit = keyof typeof RANGES;

/**
 * Standard deviations of the blur, as fractions of the distance between the eye corners. `BLURRED_AT` is that distance,
 * pixels.
 */
const BLURS = [0.01, 0.015, 0.02, 0.025, 0.03, 0.035, 0.045, 0.06, 0.08];
const BLURRED_AT = 80;
/** Distances between the eye corners to which pictures are shrunk, pixels. */
const SIZES = [9, 11, 13, 15, 17, 20, 25, 34];
const RECOGNISED = 50;
/** Minimum radius that sharp accepts, pixels. */
const LEAST_BLUR = 0.3;
/** Minimum width of a picture, pixels. */
const LEAST_WIDTH = 16;

interface Range {
  pictures: number;
  compared: number;
  recognised: number;
}

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('usage: npm run bench:quality-limits -- PEOPLE');
  process.exit(2);
}

const { photos, pairs } = await readLabelled(folder);
const recogniser = await Recogniser.load({ threads: 1 });
const known = new Map<string, { bitmap: Bitmap; encoding: Float32Array; size: number }>();
for (const photo of photos) {
  const bitmap = await bitmapOf(photo);
  const [face] = await recogniser.analyse({ bitmap, encode: true });
  if (face) known.set(photo, { bitmap, encoding: face.encoding, size: face.quality.size });
}
const ranges: Record<Limit, Map<number, Range>> = { sharpness: new Map(), size: new Map() };
for (const [photo, { bitmap, size }] of known) {
  const others = encodingsOfOthers(photo);
  if (others.length === 0) continue;
  // All faces have the same size, so that the same blur has the same effect.
  const at = (eyes: number) => {
    const { data, width, height } = bitmap;
    const wanted = Math.max(LEAST_WIDTH, Math.round((width * eyes) / size));
    return sharp(data, { raw: { width, height, channels: 3 } }).resize(wanted);
  };
  for (const part of BLURS) {
    await compare(at(BLURRED_AT).blur(Math.max(LEAST_BLUR, part * BLURRED_AT)), others, 'sharpness');
  }
  for (const eyes of SIZES) await compare(at(eyes), others, 'size');
}
await recogniser.close();
for (const limit of ['sharpness', 'size'] as const) {
  for (const from of RANGES[limit]) {
    const range = ranges[limit].get(from);
    if (!range) continue;
    printLine({ limit, from, pictures: range.pictures, recognised: range.recognised / range.compared });
  }
}

/** Returns the encodings of the other pictures of the person on a photo. */
function encodingsOfOthers(photo: string): Float32Array[] {
  return pairs.flatMap(({ a, b, same }) => {
    if (!same || (a !== photo && b !== photo)) return [];
    const other = known.get(a === photo ? b : a);
    return other ? [other.encoding] : [];
  });
}

async function compare(changed: Sharp, others: readonly Float32Array[], limit: Limit): Promise<void> {
  const { data, info } = await changed.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const [face] = await recogniser.analyse({ bitmap: { data, width: info.width, height: info.height }, encode: true });
  if (!face) return;
  const from = RANGES[limit].findLast((least) => face.quality[limit] >= least) ?? 0;
  const range = ranges[limit].get(from) ?? { pictures: 0, compared: 0, recognised: 0 };
  range.pictures++;
  range.compared += others.length;
  range.recognised += others.filter((other) => trust(normalisedDistance(other, face.encoding)) >= RECOGNISED).length;
  ranges[limit].set(from, range);
}
