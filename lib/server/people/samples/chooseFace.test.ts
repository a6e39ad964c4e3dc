import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { Recogniser } from '@/lib/server/vision/recogniser';
import { bitmapOf, FRANCK, PORTRAITS } from '@/lib/shared/vision/testing/photos';
import type { Bitmap, Face } from '@/lib/shared/vision/types';
import { chooseFace } from './chooseFace';

const face = (left: number, side = 10, sharpness = 1): Face => ({
  position: { top: 0, left, bottom: side, right: left + side },
  score: 1,
  landmarks: new Float32Array(),
  quality: { score: 1, size: 100, sharpness, presence: 1, pose: { yaw: 0, pitch: 0, roll: 0 } },
});

const pictureOf = (value: number): { bitmap: Bitmap } => ({
  bitmap: { data: new Uint8Array(100 * 10 * 3).fill(value), width: 100, height: 10 },
});
const picture = pictureOf(128);

test('the only face is the one', () => {
  const only = face(0);
  expect(chooseFace([only], { select: 'single' }, picture)).toBe(only);
  expect(chooseFace([only], { select: 'largest' }, picture)).toBe(only);
});

test('of several the largest, if that was asked for', () => {
  const faces = [face(0, 30), face(50, 10)];
  expect(chooseFace(faces, { select: 'largest' }, picture)).toBe(faces[0]);
});

test('a larger face that is blurred, or at the edge, is not preferred', () => {
  const blurred = [face(30, 30, 0), face(45, 12)];
  expect(chooseFace(blurred, { select: 'largest' }, picture)).toBe(blurred[1]);
  const aside = [face(0, 12), face(45, 10)];
  expect(chooseFace(aside, { select: 'largest' }, picture)).toBe(aside[1]);
});

test('of a photograph, the crisp face in the middle rather than a larger bystander out of focus', async () => {
  const [portrait, bystander] = await Promise.all([
    sharp(PORTRAITS[0]).resize({ width: 130 }).toBuffer(),
    sharp(FRANCK[0]).resize({ width: 320 }).blur(5).toBuffer(),
  ]);
  const { height = 0 } = await sharp(bystander).metadata();
  const bitmap = await bitmapOf(
    sharp(
      await sharp({ create: { width: 640, height, channels: 3, background: '#777' } })
        .composite([
          { input: bystander, left: 0, top: 0 },
          { input: portrait, left: 350, top: 40 },
        ])
        .png()
        .toBuffer(),
    ),
  );
  const recogniser = await Recogniser.load({
    folder: fileURLToPath(new URL('../../../../models', import.meta.url)),
    threads: 1,
  });
  const faces = await recogniser.analyse({ bitmap, encode: false });
  await recogniser.close();
  expect(faces).toHaveLength(2);
  expect(faces[0]?.position.left).toBeLessThan(320);
  expect(chooseFace(faces, { select: 'largest' }, { bitmap }).position.left).toBeGreaterThan(320);
}, 120_000);

test('several are refused with their positions', () => {
  const faces = [face(0), face(20)];
  expect(() => chooseFace(faces, { select: 'single' }, picture)).toThrow(
    expect.objectContaining({
      code: 'SEVERAL_FACES',
      details: { positions: faces.map(({ position }) => position) },
    }),
  );
});

test('none is refused', () => {
  for (const select of ['single', 'largest'] as const) {
    expect(() => chooseFace([], { select }, picture)).toThrow(
      expect.objectContaining({ code: 'NO_FACE', message: 'There is no face in the picture.' }),
    );
  }
});

test('a dark picture without a face says that it is dark', () => {
  expect(() => chooseFace([], { select: 'single' }, pictureOf(12))).toThrow(
    expect.objectContaining({ code: 'NO_FACE', message: expect.stringMatching(/too dark/), details: { dark: true } }),
  );
});
