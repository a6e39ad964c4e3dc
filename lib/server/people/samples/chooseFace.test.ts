import { expect, test } from 'vitest';
import type { Face } from '@/lib/shared/vision/types';
import { chooseFace } from './chooseFace';

const face = (left: number): Face => ({
  position: { top: 0, left, bottom: 10, right: left + 10 },
  score: 1,
  landmarks: new Float32Array(),
  quality: { score: 1, size: 100, sharpness: 1, presence: 1, pose: { yaw: 0, pitch: 0, roll: 0 } },
});

test('the only face is the one', () => {
  const only = face(0);
  expect(chooseFace([only], { select: 'single' })).toBe(only);
  expect(chooseFace([only], { select: 'largest' })).toBe(only);
});

test('of several the largest, which comes first, if that was asked for', () => {
  const faces = [face(0), face(20)];
  expect(chooseFace(faces, { select: 'largest' })).toBe(faces[0]);
});

test('several are refused with their positions', () => {
  const faces = [face(0), face(20)];
  expect(() => chooseFace(faces, { select: 'single' })).toThrow(
    expect.objectContaining({
      code: 'SEVERAL_FACES',
      details: { positions: faces.map(({ position }) => position) },
    }),
  );
});

test('none is refused', () => {
  expect(() => chooseFace([], { select: 'single' })).toThrow(expect.objectContaining({ code: 'NO_FACE' }));
  expect(() => chooseFace([], { select: 'largest' })).toThrow(expect.objectContaining({ code: 'NO_FACE' }));
});
