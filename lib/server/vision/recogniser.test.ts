import { fileURLToPath } from 'node:url';
import { distance, normalisedDistance, TRUST_CALIBRATION } from '@kith/sdk';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { iou } from '@/lib/shared/vision/boxes';
import { bitmapOf, FRANCK, GROUPS, PORTRAITS, sharpOf } from '@/lib/shared/vision/testing/photos';
import type { Bitmap, Face } from '@/lib/shared/vision/types';
import { Recogniser } from './recogniser';

let recogniser: Recogniser;
beforeAll(async () => {
  recogniser = await Recogniser.load({ folder: fileURLToPath(new URL('../../../models', import.meta.url)) });
});
afterAll(() => recogniser.close());

const find = (bitmap: Bitmap, encode = false) => recogniser.analyse({ bitmap, encode });

async function onlyFace(bitmap: Bitmap): Promise<Face & { encoding: Float32Array }> {
  const [face, ...others] = await find(bitmap, true);
  expect(others).toEqual([]);
  if (!face?.encoding) throw new Error('no encoded face');
  return { ...face, encoding: face.encoding };
}

describe('finds every face once', () => {
  test.each(GROUPS)('%s shows %d', async (file, count) => {
    const faces = await find(await bitmapOf(file));
    expect(faces).toHaveLength(count);
    for (const [i, a] of faces.entries()) {
      for (const b of faces.slice(i + 1)) expect(iou(a.position, b.position)).toBeLessThan(0.3);
    }
  });

  test.each([...PORTRAITS, ...FRANCK])('the one of %s', async (file) => {
    expect(await find(await bitmapOf(file))).toHaveLength(1);
  });

  test.each([0.85, 1, 1.15, 1.6])(
    'faces cut out %f times their size, as tight as passport pictures',
    async (factor) => {
      for (const file of [...PORTRAITS, ...FRANCK.slice(0, 2)]) {
        const bitmap = await bitmapOf(file);
        const [face] = await find(bitmap);
        if (!face) throw new Error(`no face in ${file}`);
        const faces = await find(await cutOut(bitmap, face, factor));
        expect(faces, file).toHaveLength(1);
      }
    },
  );

  test('none on a skin-coloured wall of any size, nor in noise', async () => {
    for (const size of [200, 1_000, 4_000]) {
      const wall = { width: size, height: size, channels: 3 as const, background: '#806040' };
      expect(await find(await bitmapOf(sharp({ create: wall }).png()))).toEqual([]);
    }
    const noise = { type: 'gaussian', mean: 128, sigma: 70 } as const;
    const grain = sharp({ create: { width: 2_000, height: 2_000, channels: 3, background: '#000', noise } });
    expect(await find(await bitmapOf(grain.png()))).toEqual([]);
  });

  test('faces cut by the edge', async () => {
    const bitmap = await bitmapOf(FRANCK[0] ?? '');
    const [face] = await find(bitmap);
    if (!face) throw new Error('no face');
    const { left, right } = face.position;
    const cut = Math.round(left + (right - left) * 0.15);
    const part = sharpOf(bitmap).extract({ left: cut, top: 0, width: bitmap.width - cut, height: bitmap.height });
    expect(await find(await bitmapOf(part))).toHaveLength(1);
  });

  test('faces of 24 pixels in a picture of three megapixels', async () => {
    const [file = ''] = GROUPS[4] ?? [];
    const group = await find(await bitmapOf(file));
    const width = Math.min(...group.map(({ position }) => position.right - position.left));
    const small = await sharp(file)
      .resize(Math.round((1920 * 24) / width))
      .png()
      .toBuffer({ resolveWithObject: true });
    const picture = sharp({ create: { width: 2000, height: 1500, channels: 3, background: '#5a6b4c' } }).composite([
      { input: small.data, left: 1200, top: 900 },
    ]);
    const faces = await find(await bitmapOf(sharp(await picture.png().toBuffer())));
    expect(faces).toHaveLength(5);
    for (const { position } of faces) {
      expect(position.left).toBeGreaterThanOrEqual(1190);
      expect(position.right - position.left).toBeLessThan(45);
    }
  });
});

describe('finds and encodes faces that lie on their side or upside down', () => {
  test.each([90, 180, 270])('portraits turned by %d degrees, as upright ones', async (turn) => {
    for (const file of [...PORTRAITS, ...FRANCK.slice(0, 2)]) {
      const bitmap = await bitmapOf(file);
      const upright = await onlyFace(bitmap);
      const turned = await onlyFace(await turnedBy(bitmap, turn));
      expect(distance(upright.encoding, turned.encoding), file).toBeLessThan(0.1);
      // In the coordinates of the turned picture.
      const { left, top, right, bottom } = upright.position;
      const [x, y] = turnedPoint([(left + right) / 2, (top + bottom) / 2], turn, bitmap);
      expect(Math.abs((turned.position.left + turned.position.right) / 2 - x), file).toBeLessThan((right - left) / 6);
      expect(Math.abs((turned.position.top + turned.position.bottom) / 2 - y), file).toBeLessThan((bottom - top) / 6);
      expect(Math.abs(turned.quality.pose.roll) > 45, `${file} ${turned.quality.pose.roll}`).toBe(true);
    }
  });

  test.each([90, 180, 270])('a head turned by %d degrees in an upright group', async (turn) => {
    const [file = '', count] = GROUPS[4] ?? [];
    const group = await bitmapOf(file);
    const [first] = await find(group, true);
    const portrait = await bitmapOf(PORTRAITS[0] ?? '');
    const alone = await onlyFace(portrait);
    const side = first ? first.position.right - first.position.left : 0;
    const scale = side / (alone.position.right - alone.position.left);
    const width = Math.round(portrait.width * scale);
    const small = await sharpOf(await turnedBy(await bitmapOf(sharpOf(portrait).resize(width)), turn))
      .png()
      .toBuffer();
    const picture = await sharpOf(group)
      .composite([{ input: small, left: 20, top: 20 }])
      .png()
      .toBuffer();
    const faces = await recogniser.analyse({ bitmap: await bitmapOf(sharp(picture)), encode: true });
    expect(faces).toHaveLength((count ?? 0) + 1);
    const distances = faces.map(({ encoding }) => distance(encoding, alone.encoding));
    expect(Math.min(...distances)).toBeLessThan(0.2);
  });
});

describe('finds none where there is none', () => {
  test.each([
    ['one colour', () => sharp({ create: { width: 800, height: 600, channels: 3, background: '#336699' } })],
    [
      'noise',
      () =>
        sharp({
          create: {
            width: 900,
            height: 700,
            channels: 3,
            background: '#000',
            noise: { type: 'gaussian', mean: 128, sigma: 60 },
          },
        }),
    ],
    [
      'text and shapes',
      () =>
        sharp(
          Buffer.from(
            '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="600"><rect width="900" height="600" fill="#fff"/>' +
              '<circle cx="200" cy="200" r="90" fill="#e44"/><rect x="500" y="100" width="200" height="300" fill="#48c"/>' +
              '<text x="80" y="500" font-size="90">No one is here</text></svg>',
          ),
        ),
    ],
    ['one pixel', () => sharp({ create: { width: 1, height: 1, channels: 3, background: '#fff' } })],
    ['a line', () => sharp({ create: { width: 3000, height: 2, channels: 3, background: '#fff' } })],
  ])('%s', async (_, make) => {
    expect(await find(await bitmapOf(sharp(await make().png().toBuffer())))).toEqual([]);
  });

  test('the part of a photo below the faces', async () => {
    const [file = ''] = GROUPS[2] ?? [];
    const bitmap = await bitmapOf(file);
    const top = Math.round(bitmap.height * 0.62);
    const part = sharpOf(bitmap).extract({ left: 0, top, width: bitmap.width, height: bitmap.height - top });
    expect(await find(await bitmapOf(part))).toEqual([]);
  });
});

describe('encodes', () => {
  test('one person similar and others apart', async () => {
    const man = await Promise.all(FRANCK.map(async (file) => (await onlyFace(await bitmapOf(file))).encoding));
    const others = await Promise.all(PORTRAITS.map(async (file) => (await onlyFace(await bitmapOf(file))).encoding));
    const [first = new Float32Array()] = man;
    for (const encoding of man) expect(normalisedDistance(first, encoding)).toBeLessThan(TRUST_CALIBRATION.distance);
    for (const [i, encoding] of others.entries()) {
      for (const other of [first, ...others.slice(i + 1)]) {
        expect(normalisedDistance(encoding, other)).toBeGreaterThan(TRUST_CALIBRATION.distance);
      }
    }
  });

  test('the same picture identically, to the last bit', async () => {
    const bitmap = await bitmapOf(FRANCK[0] ?? '');
    const [a, b] = await Promise.all([onlyFace(bitmap), onlyFace(bitmap)]);
    expect(a.encoding).toEqual(b.encoding);
    expect(a.position).toEqual(b.position);
  });

  test('a face independently of its surroundings', async () => {
    const bitmap = await bitmapOf(FRANCK[1] ?? '');
    const whole = await onlyFace(bitmap);
    const part = await onlyFace(await cutOut(bitmap, whole, 1.8));
    expect(distance(whole.encoding, part.encoding)).toBeLessThan(0.06);
  });
});

test('a picture is decoded only when its turn comes, and not at all once aborted', async () => {
  const controller = new AbortController();
  controller.abort(new Error('gone'));
  let made = false;
  const make = async () => {
    made = true;
    return bitmapOf(FRANCK[0] ?? '');
  };
  await expect(recogniser.analyse({ bitmap: make, encode: false, signal: controller.signal })).rejects.toThrow('gone');
  expect(made).toBe(false);
});

test('reports models that were not built', async () => {
  await expect(Recogniser.load({ folder: '/nowhere' })).rejects.toThrow('npm run models');
});

/** Returns a picture turned clockwise. */
async function turnedBy(bitmap: Bitmap, degrees: number): Promise<Bitmap> {
  return bitmapOf(sharpOf(bitmap).rotate(degrees));
}

function turnedPoint([x, y]: [number, number], degrees: number, { width, height }: Bitmap): [number, number] {
  if (degrees === 90) return [height - y, x];
  if (degrees === 180) return [width - x, height - y];
  return [y, width - x];
}

/** Returns the square around a face, `factor` times its longer side, clipped to the picture. */
async function cutOut(bitmap: Bitmap, { position }: Face, factor: number): Promise<Bitmap> {
  const { left, top, right, bottom } = position;
  const side = Math.max(right - left, bottom - top) * factor;
  const x = Math.max(0, Math.round((left + right - side) / 2));
  const y = Math.max(0, Math.round((top + bottom - side) / 2));
  const width = Math.min(Math.round(side), bitmap.width - x);
  const height = Math.min(Math.round(side), bitmap.height - y);
  return bitmapOf(sharpOf(bitmap).extract({ left: x, top: y, width, height }));
}
