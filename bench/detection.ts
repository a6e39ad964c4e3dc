/*
 * npm run bench:detection [-- FOLDER]
 *
 * Counts the faces that the recogniser finds, misses and invents, and measures the processor time of a picture. The
 * pictures are:
 * - portraits: those of FOLDER, with one face each, and those of npm packages;
 * - the group photos of face-api;
 * - both, shrunk to faces of 20 to 48 pixels in pictures of three megapixels;
 * - portraits turned by 90, 180 and 270 degrees;
 * - patterns without a face.
 * A turned portrait is found if its encoding is nearer than 0.3 to the upright one.
 */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { distance } from '@kith/sdk';
import sharp from 'sharp';
import { Recogniser } from '@/lib/server/vision/recogniser';
import { iou } from '@/lib/shared/vision/boxes';
import { bitmapOf, FRANCK, GROUPS, PORTRAITS, sharpOf } from '@/lib/shared/vision/testing/photos';
import type { Bitmap, EncodedFace, Position } from '@/lib/shared/vision/types';
import { facelessPatterns } from './lib/facelessPatterns';
import { percentile } from './lib/percentile';
import { printLine } from './lib/printLine';

const SAME_PERSON = 0.3;
const CANVAS = { width: 2000, height: 1500 } as const;
const GAP = 30;

const [folder] = process.argv.slice(2);
const given = folder ? (await readdir(folder)).filter((name) => /\.(jpe?g|png)$/i.test(name)) : [];
const portraits = [...given.sort().map((name) => path.join(folder as string, name)), ...PORTRAITS, ...FRANCK];
// With one thread, processor time does not include waiting for memory that another thread uses.
const recogniser = await Recogniser.load({ threads: 1 });

const find = (bitmap: Bitmap) => recogniser.analyse({ bitmap, encode: true });
// The first pictures allocate memory and compile code.
for (const file of portraits.slice(0, 5)) await find(await bitmapOf(file));

const upright = new Map<string, EncodedFace[]>();
await measure('portraits', portraits, async (file, faces) => {
  upright.set(file, faces);
  return { wanted: 1, found: Math.min(1, faces.length), extra: Math.max(0, faces.length - 1) };
});
const groups = new Map<string, number>(GROUPS);
await measure('groups', [...groups.keys()], async (file, faces) => {
  upright.set(file, faces);
  const wanted = groups.get(file) ?? 0;
  return { wanted, found: Math.min(wanted, faces.length), extra: Math.max(0, faces.length - wanted) };
});
for (const size of [20, 24, 28, 36, 48]) {
  await measure(`faces of ${size} pixels`, await pagesOf(size), async ({ faces: wanted }, faces) => {
    const found = wanted.filter((one) => faces.some(({ position }) => iou(one, position) > 0.3)).length;
    const extra = faces.filter(({ position }) => wanted.every((one) => iou(one, position) <= 0.3)).length;
    return { wanted: wanted.length, found, extra };
  });
}
for (const turn of [90, 180, 270]) {
  const distances: number[] = [];
  const turned = portraits.map((file) => ({ file, turn }));
  await measure(`portraits turned by ${turn}`, turned, async ({ file }, faces) => {
    const known = upright.get(file)?.[0]?.encoding;
    if (!known) return { wanted: 1, found: 0, extra: faces.length };
    const nearest = Math.min(...faces.map(({ encoding }) => distance(known, encoding)));
    const found = nearest < SAME_PERSON ? 1 : 0;
    if (Number.isFinite(nearest)) distances.push(nearest);
    return { wanted: 1, found, extra: faces.length - found };
  });
  printLine({ turned: turn, distance_median: percentile(distances, 50), distance_p95: percentile(distances, 95) });
}
await measure('patterns without a face', facelessPatterns(), async (_, faces) => {
  return { wanted: 0, found: 0, extra: faces.length };
});
await recogniser.close();

interface Counts {
  wanted: number;
  found: number;
  extra: number;
}

/** A picture: a file, a file to be turned, a page with known faces, or a function that draws it. */
type Source = string | { file: string; turn: number } | { bitmap: Bitmap } | (() => Promise<Bitmap>);

async function measure<T extends Source>(
  pictures: string,
  sources: readonly T[],
  count: (source: T, faces: EncodedFace[]) => Promise<Counts>,
): Promise<void> {
  const sum = { wanted: 0, found: 0, extra: 0 };
  let microseconds = 0;
  for (const source of sources) {
    const bitmap = await bitmapOfSource(source);
    const before = process.cpuUsage();
    const faces = await find(bitmap);
    const { user, system } = process.cpuUsage(before);
    microseconds += user + system;
    const { wanted, found, extra } = await count(source, faces);
    sum.wanted += wanted;
    sum.found += found;
    sum.extra += extra;
  }
  printLine({ pictures, count: sources.length, ...sum, cpu_ms: microseconds / 1_000 / sources.length });
}

async function bitmapOfSource(source: Source): Promise<Bitmap> {
  if (typeof source === 'string') return bitmapOf(source);
  if (typeof source === 'function') return source();
  if ('bitmap' in source) return source.bitmap;
  return bitmapOf(sharpOf(await bitmapOf(source.file)).rotate(source.turn));
}

/** Returns pages with all portraits and groups, shrunk so that their smallest face has `size` pixels. */
async function pagesOf(size: number): Promise<{ bitmap: Bitmap; faces: Position[] }[]> {
  const pages: { bitmap: Bitmap; faces: Position[] }[] = [];
  let parts: { input: Buffer; left: number; top: number }[] = [];
  let faces: Position[] = [];
  let [x, y, row] = [GAP, GAP, 0];
  const flush = async () => {
    if (parts.length === 0) return;
    const page = sharp({ create: { ...CANVAS, channels: 3, background: '#5a6b4c' } }).composite(parts);
    pages.push({ bitmap: await bitmapOf(sharp(await page.png().toBuffer())), faces });
    [parts, faces, x, y, row] = [[], [], GAP, GAP, 0];
  };
  for (const [file, known] of upright) {
    const bitmap = await bitmapOf(file);
    const scale = size / Math.min(...known.map(({ position }) => position.right - position.left));
    const [width, height] = [Math.round(bitmap.width * scale), Math.round(bitmap.height * scale)];
    if (known.length === 0 || width + 2 * GAP > CANVAS.width || height + 2 * GAP > CANVAS.height) continue;
    if (x + width + GAP > CANVAS.width) [x, y, row] = [GAP, y + row + GAP, 0];
    if (y + height + GAP > CANVAS.height) await flush();
    const input = await sharpOf(bitmap).resize(width, height, { fit: 'fill' }).png().toBuffer();
    parts.push({ input, left: x, top: y });
    for (const { position } of known) {
      const { left, top, right, bottom } = position;
      faces.push({
        left: x + left * scale,
        top: y + top * scale,
        right: x + right * scale,
        bottom: y + bottom * scale,
      });
    }
    x += width + GAP;
    row = Math.max(row, height);
  }
  await flush();
  return pages;
}
