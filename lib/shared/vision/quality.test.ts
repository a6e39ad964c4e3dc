import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Recogniser } from '@/lib/server/vision/recogniser';
import { enrolmentIssue } from './quality';
import { bitmapOf, FRANCK, GROUPS, sharpOf } from './testing/photos';
import type { Bitmap, Quality } from './types';

let recogniser: Recogniser;
beforeAll(async () => {
  recogniser = await Recogniser.load({
    folder: fileURLToPath(new URL('../../../models', import.meta.url)),
    threads: 1,
  });
});
afterAll(() => recogniser.close());

async function qualityIn(bitmap: Bitmap): Promise<Quality> {
  const [face] = await recogniser.analyse({ bitmap, encode: false });
  if (!face) throw new Error('no face');
  return face.quality;
}

test('a crisp portrait may be enrolled', async () => {
  const quality = await qualityIn(await bitmapOf(FRANCK[0] ?? ''));
  expect(enrolmentIssue(quality)).toBeNull();
  expect(quality.presence).toBeGreaterThan(0.95);
});

test('blur lowers sharpness and score until enrolment is refused', async () => {
  const portrait = await bitmapOf(FRANCK[0] ?? '');
  const qualities: Quality[] = [await qualityIn(portrait)];
  for (const sigma of [1.5, 3, 8]) qualities.push(await qualityIn(await bitmapOf(sharpOf(portrait).blur(sigma))));
  const sharpness = qualities.map((quality) => quality.sharpness);
  expect(sharpness).toEqual([...sharpness].sort((a, b) => b - a));
  const scores = qualities.map(({ score }) => score);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  const last = qualities.at(-1);
  expect(last && enrolmentIssue(last)).toMatch(/blurred/);
});

test('refuses a small face and reports its size and the minimum', async () => {
  const portrait = await bitmapOf(FRANCK[0] ?? '');
  const { size } = await qualityIn(portrait);
  const small = sharpOf(portrait).resize(Math.round((portrait.width * 10) / size));
  expect(enrolmentIssue(await qualityIn(await bitmapOf(small)))).toMatch(/too small: \d+ pixels .* at least 12/);
});

test('measures the pose of a head: to the side, and down', async () => {
  const [file = ''] = GROUPS[1] ?? [];
  const faces = await recogniser.analyse({ bitmap: await bitmapOf(file), encode: false });
  const [left, middle] = faces.sort((a, b) => a.position.left - b.position.left).map(({ quality }) => quality.pose);
  expect(left?.yaw).toBeLessThan(-25);
  expect(middle?.pitch).toBeLessThan(-10);
});

test('a mirrored face looks and leans the other way', async () => {
  const [file = ''] = GROUPS[4] ?? [];
  const bitmap = await bitmapOf(file);
  const mirrored = await recogniser.analyse({ bitmap: await bitmapOf(sharpOf(bitmap).flop()), encode: false });
  for (const { position, quality } of await recogniser.analyse({ bitmap, encode: false })) {
    const there = bitmap.width - position.right;
    const other = mirrored.find((face) => Math.abs(face.position.left - there) < 30);
    expect(other?.quality.pose).toEqual({
      yaw: expect.closeTo(-quality.pose.yaw, -1),
      pitch: expect.closeTo(quality.pose.pitch, -1),
      roll: expect.closeTo(-quality.pose.roll, -1),
    });
  }
});

test.each([
  [{ presence: 0.2 }, /covered or turned away/],
  [{ pose: { yaw: 61, pitch: 0, roll: 0 } }, /turned 61° to the side/],
  [{ pose: { yaw: 0, pitch: -58, roll: 0 } }, /tilted 58° down/],
])('%j is refused', (fault, reason) => {
  const fine: Quality = { score: 1, size: 80, sharpness: 0.9, presence: 1, pose: { yaw: 0, pitch: 0, roll: 0 } };
  expect(enrolmentIssue({ ...fine, ...fault })).toMatch(reason);
});
